package io.i2pstreaming;

import io.i2pstreaming.SessionState.Phase;
import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.connection.ConnectionConfig;
import io.i2pstreaming.endpoint.AccessList;
import io.i2pstreaming.endpoint.AdmissionRules;
import io.i2pstreaming.endpoint.ConnectionLimits;
import io.i2pstreaming.endpoint.EndpointConfig;
import io.i2pstreaming.facade.Backlog;
import io.i2pstreaming.facade.Latest;
import io.i2pstreaming.facade.StreamEnd;
import io.i2pstreaming.i2cp.SessionConfig;
import io.i2pstreaming.i2cp.SessionOptions;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.loop.DatagramPort;
import io.i2pstreaming.loop.LoopSettings;
import io.i2pstreaming.loop.LoopStats;
import io.i2pstreaming.loop.SessionLoop;
import io.i2pstreaming.loop.TimeSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.SocketException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * An open destination: one identity, one session with a router, any number of streams. Thread-safe.
 *
 * <p>{@link #start()} returns at once; the session is built in the background and rebuilt, with the
 * same destination, whenever the router goes away. Streams do not survive the loss of the session.
 */
public final class StreamManager implements AutoCloseable {
  /** How much longer than the connect timeout a dial waits for a loop that is busy. */
  private static final long GRACE_NANOS = 2_000_000_000L;

  /** How long {@link #close()} waits for the loop to say goodbye. */
  private static final long CLOSE_NANOS = 5_000_000_000L;

  private final String name;
  private final DestinationKeys keys;
  private volatile StreamingOptions options;
  private final boolean legacyLeaseSet;

  /** What the options say, shared by all streams that have no others. */
  private volatile ConnectionConfig usual;

  private final SessionJournal journal;
  private final SessionLoop loop;
  private final StreamEnd.Factory streams;
  private final Map<Integer, I2PServerSocket> servers = new ConcurrentHashMap<>();
  private final AtomicReference<AdmissionRules> rules;
  private final AtomicBoolean datagramsOpen = new AtomicBoolean();
  private volatile boolean started;
  private volatile boolean closed;
  private volatile @Nullable LoopStats lastStats;

  StreamManager(StreamManagerBuilder builder, DestinationKeys keys) {
    this.name = builder.name();
    this.keys = keys;
    this.options = builder.options();
    SessionConfig session = SessionOptions.sessionConfig(builder.allSessionOptions());
    SessionOptions.require(session, keys);
    this.legacyLeaseSet = session.legacyLeaseSet();
    this.journal = new SessionJournal(name, Clock.systemUTC());
    this.rules = new AtomicReference<>(builder.rules());
    this.usual = options.toConnectionConfig(legacyLeaseSet);
    EndpointConfig endpoint =
        new EndpointConfig(usual, options.answerPings(), rules(), options.pathSharing());
    this.loop =
        new SessionLoop(
            new LoopSettings(
                name,
                builder.router(),
                builder.borrowed(),
                keys,
                session,
                endpoint,
                new SecureRandom(),
                TimeSource.system()),
            journal);
    this.streams = new StreamEnd.Factory(loop, journal, Failures::exception);
  }

  /** Collects what a manager needs. */
  public static StreamManagerBuilder builder() {
    return new StreamManagerBuilder();
  }

  /** Begins to open the session; returns at once. Harmless when repeated. */
  public void start() {
    started = true;
    loop.start();
  }

  /**
   * Waits until the session is up; false after {@code timeout}. Throws when it can never come up.
   */
  public boolean awaitUp(Duration timeout) throws IOException, InterruptedException {
    SessionState state =
        journal
            .state()
            .await(
                s ->
                    s.phase() == Phase.UP || s.phase() == Phase.FAILED || s.phase() == Phase.CLOSED,
                Latest.nanos(timeout));
    return switch (state.phase()) {
      case UP -> true;
      case FAILED -> throw Failures.exception(CloseReason.ROUTER_LOST, state.detail());
      case CLOSED -> throw Failures.exception(CloseReason.MANAGER_CLOSED, "");
      default -> false;
    };
  }

  /** The name it was built with, for metrics, health and threads. */
  public String name() {
    return name;
  }

  /** This manager's own destination; known before the session is up. */
  public Destination destination() {
    return keys.destination();
  }

  /** Where the session stands. */
  public SessionState state() {
    return journal.state().get();
  }

  /** The options that new streams get. */
  public StreamingOptions options() {
    return options;
  }

  /**
   * Changes the options of streams that begin from now on, in both directions. What belongs to the
   * session as a whole stays: {@code answerPings}, {@code tcbcache.*}, a preset's tunnels.
   */
  public void options(StreamingOptions changed) {
    options = changed;
    usual = changed.toConnectionConfig(legacyLeaseSet);
    loop.incoming(this::usual);
  }

  private ConnectionConfig usual() {
    return usual;
  }

  /**
   * Dials and waits for the answer; waits for the session first, within the same connect timeout,
   * and for another stream to end when there are as many as {@link #limits} allow. With a {@link
   * StreamingOptions#connectDelay connectDelay} it returns as soon as the destination is known, so
   * that the first bytes written travel in the SYN; why the stream could not be opened is then the
   * failure of a later read or write.
   */
  public I2PSocket connect(I2PAddress address) throws IOException {
    return connect(address, options);
  }

  /** Dials with other options than the manager's. */
  public I2PSocket connect(I2PAddress address, StreamingOptions options) throws IOException {
    I2PSocket socket = newSocket();
    socket.connect(address, options);
    return socket;
  }

  /** Dials without waiting. Cancelling the future gives the attempt up. */
  public CompletableFuture<I2PSocket> connectAsync(I2PAddress address) {
    CompletableFuture<I2PSocket> future = new CompletableFuture<>();
    Consumer<@Nullable Throwable> observed = dialBegun();
    StreamingException hopeless = hopeless();
    if (hopeless != null) {
      observed.accept(hopeless);
      future.completeExceptionally(hopeless);
      return future;
    }
    StreamEnd stream = newStream(address, options, 0);
    // Not on the loop thread: what hangs on this future may block.
    stream.dial(
        address.destination(),
        address.name(),
        () -> ForkJoinPool.commonPool().execute(() -> complete(future, stream, observed)));
    // Not what this returns: cancelling that would leave the attempt, and the socket, alone.
    CompletableFuture<I2PSocket> unused =
        future.whenComplete(
            (socket, failure) -> {
              observed.accept(failure);
              if (future.isCancelled()) {
                stream.reset();
              }
            });
    return future;
  }

  /** The dial is told of before its future: whoever waited for that finds it observed. */
  private void complete(
      CompletableFuture<I2PSocket> future,
      StreamEnd stream,
      Consumer<@Nullable Throwable> observed) {
    try {
      IOException failure = stream.openFailure();
      if (failure != null) {
        throw failure;
      }
      I2PSocket socket = new I2PSocket(this, stream);
      observed.accept(null);
      if (!future.complete(socket)) {
        stream.reset();
      }
    } catch (IOException e) {
      observed.accept(e);
      future.completeExceptionally(e);
    }
  }

  /** An unconnected socket, to be connected by {@code connect(SocketAddress)}. */
  public I2PSocket newSocket() {
    try {
      return new I2PSocket(this);
    } catch (SocketException e) {
      // Declared by the JDK's constructor for factories that refuse; we use none.
      throw new IllegalStateException(e);
    }
  }

  StreamEnd newStream(I2PAddress address, StreamingOptions wanted, int localPort) {
    ConnectionConfig config = wanted == options ? usual : wanted.toConnectionConfig(legacyLeaseSet);
    return streams.outgoing(config, localPort, address.port());
  }

  /** Dials and waits for the answer. */
  void dial(StreamEnd stream, I2PAddress address, StreamingOptions wanted) throws IOException {
    StreamingException hopeless = hopeless();
    if (hopeless != null) {
      throw hopeless;
    }
    stream.dial(address.destination(), address.name(), null);
    long timeout = wanted.connectTimeout().toNanos();
    if (!stream.awaitOpen(timeout == 0 ? 0 : timeout + GRACE_NANOS)) {
      stream.reset();
      throw Failures.exception(CloseReason.CONNECT_TIMEOUT, "");
    }
  }

  /** A dial begins on this thread; the answer is to be told its end. */
  Consumer<@Nullable Throwable> dialBegun() {
    return journal.dialBegun();
  }

  private @Nullable StreamingException hopeless() {
    if (closed) {
      return Failures.exception(CloseReason.MANAGER_CLOSED, "");
    }
    if (!started) {
      return Failures.exception(
          CloseReason.ROUTER_LOST, "the stream manager has not been started; call start() first");
    }
    return null;
  }

  /**
   * Accepts streams to {@code port}, also before the session is up; 0 takes what nobody else takes.
   * Whoever dials after this has returned finds the listener.
   *
   * @throws BindException when this manager listens on that port already
   */
  public I2PServerSocket listen(int port) throws IOException {
    return listen(port, AccessList.OFF, ConnectionLimits.NONE);
  }

  /**
   * The same, with an access list and limits of the port's own, which hold from its first stream on
   * and beside the manager's: a peer must pass both. See {@link I2PServerSocket#accessList} and
   * {@link I2PServerSocket#limits}.
   */
  public I2PServerSocket listen(int port, AccessList access, ConnectionLimits limits)
      throws IOException {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("an I2P port is 0 to 65535, not " + port);
    }
    AdmissionRules own = new AdmissionRules(AccessList.OFF, access, limits);
    Backlog backlog = new Backlog(streams, this::usual, own);
    I2PServerSocket server = new I2PServerSocket(this, port, backlog);
    if (servers.putIfAbsent(port, server) != null) {
      throw new BindException("this stream manager listens on port " + port + " already");
    }
    if (closed || !loop.listen(port, backlog)) {
      servers.remove(port, server);
      throw Failures.exception(CloseReason.MANAGER_CLOSED, "the stream manager takes no listener");
    }
    return server;
  }

  void unlisten(int port, I2PServerSocket server) {
    // In this order: whoever finds the port free must find it free in the loop, too.
    loop.unlisten(port);
    servers.remove(port, server);
  }

  /**
   * Sends an echo request and waits for the reply; for the session first, within the same timeout.
   *
   * @throws StreamingException.ConnectTimeout when no reply came in time
   */
  public Duration ping(I2PAddress address, Duration timeout) throws IOException {
    StreamingException hopeless = hopeless();
    if (hopeless != null) {
      throw hopeless;
    }
    Ping ping = new Ping(loop, address, Latest.nanos(timeout));
    Ping.Outcome outcome;
    try {
      outcome = ping.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("interrupted during a ping");
      interrupted.initCause(e);
      throw interrupted;
    }
    if (outcome.reason() != null) {
      throw Failures.exception(outcome.reason(), outcome.detail());
    }
    return Duration.ofNanos(outcome.rttNanos());
  }

  /** Finds the destination of a Base64, base32 or host name; fails with Unreachable. */
  public CompletableFuture<Destination> lookup(String name) {
    CompletableFuture<Destination> future = new CompletableFuture<>();
    I2PAddress address;
    try {
      address = I2PAddress.parse(name, 0);
    } catch (IllegalArgumentException e) {
      future.completeExceptionally(Failures.notAnAddress(e));
      return future;
    }
    Destination known = address.destination();
    if (known == null && address.name().equals(destination().base32())) {
      known = destination();
    }
    StreamingException hopeless = hopeless();
    if (known != null) {
      future.complete(known);
    } else if (hopeless != null) {
      future.completeExceptionally(hopeless);
    } else {
      NameLookup.ask(loop, address.name(), options.connectTimeout().toNanos(), future);
    }
    return future;
  }

  /**
   * Takes part in datagram protocols on the same destination, beside the streams. Without this,
   * datagrams that come are counted as dropped packets.
   *
   * @param executor runs the handler; must not run it on the calling thread
   * @throws IllegalStateException while another one is open
   */
  public RawDatagrams rawDatagrams(RawDatagrams.Handler handler, Executor executor) {
    if (!datagramsOpen.compareAndSet(false, true)) {
      throw new IllegalStateException("this stream manager's datagrams have a handler already");
    }
    DatagramPort port = loop.datagrams();
    return new RawDatagrams(
        port,
        handler,
        executor,
        () -> {
          port.receiver(null);
          datagramsOpen.set(false);
        });
  }

  /** Makes sockets that resolve host names through the router only. */
  public SocketFactory socketFactory() {
    return new StreamSocketFactory(this);
  }

  /** Totals since the start; while the loop does not answer, as it last told them. */
  public ManagerStats stats() {
    LoopStats fresh = loop.stats();
    if (fresh != null) {
      lastStats = fresh;
    }
    LoopStats known = lastStats;
    return known == null ? ManagerFigures.NONE : ManagerFigures.of(known);
  }

  /** The open streams; one whose end the application has seen is none of them. */
  public List<StreamStats> streams() {
    // The journal is read where it is written: between two of its entries a stream is half over.
    List<StreamStats> answer = loop.ask(now -> openStreams(), SessionLoop.ASK_NANOS);
    return answer == null ? openStreams() : answer;
  }

  private List<StreamStats> openStreams() {
    return journal.open().stream()
        .filter(stream -> !stream.isOver())
        .map(I2PSocket::statsOf)
        .toList();
  }

  /**
   * How many streams that the application has closed still deliver what was written to them: what a
   * {@link #close} now would cut off.
   */
  public int deliveringStreams() {
    Integer answer = loop.ask(now -> delivering(), SessionLoop.ASK_NANOS);
    return answer == null ? delivering() : answer;
  }

  private int delivering() {
    return (int) journal.open().stream().filter(StreamEnd::isDelivering).count();
  }

  /** Resets the open stream with this id; false when there is none. */
  public boolean reset(long streamId) {
    for (StreamEnd stream : journal.open()) {
      if (stream.id() == streamId) {
        stream.reset();
        return true;
      }
    }
    return false;
  }

  /** Writes every packet of this session, with its payload, to a file that Wireshark opens. */
  public PacketTrace trace(Path file) throws IOException {
    return trace(file, PacketTrace.DEFAULT_MAX_BYTES);
  }

  /** The same, with another limit than 256 MiB. At most 16 traces run at once. */
  public PacketTrace trace(Path file, long maxBytes) throws IOException {
    return PacketTrace.begin(loop, name, null, file, maxBytes);
  }

  PacketTrace trace(StreamEnd stream, Path file, long maxBytes) throws IOException {
    return PacketTrace.begin(loop, name, stream, file, maxBytes);
  }

  /** Who may open streams to us and ping us. */
  public AccessList accessList() {
    return rules().access();
  }

  /** Changes who may from now on; open streams stay. Who may not hears nothing. */
  public void accessList(AccessList list) {
    change(rules -> new AdmissionRules(rules.blacklist(), list, rules.limits()));
  }

  /** How many streams peers may open, and how many may be open. */
  public ConnectionLimits limits() {
    return rules().limits();
  }

  /** Changes the limits from now on; open streams and counts stay. */
  public void limits(ConnectionLimits limits) {
    change(rules -> new AdmissionRules(rules.blacklist(), rules.access(), limits));
  }

  /** Who may never, whatever the access list says. */
  public AccessList blacklist() {
    return rules().blacklist();
  }

  /** Changes {@code i2p.streaming.blacklist}: who may never, whatever the access list says. */
  public void blacklist(String entries) {
    AccessList list = AccessList.deny(entries);
    change(rules -> new AdmissionRules(list, rules.access(), rules.limits()));
  }

  private void change(UnaryOperator<AdmissionRules> change) {
    rules.updateAndGet(change);
    loop.rules(this::rules);
  }

  private AdmissionRules rules() {
    return Objects.requireNonNull(rules.get());
  }

  /**
   * Changes tunnel options ({@code inbound.*} and {@code outbound.*}, such as quantity and length)
   * for the running session and all later ones. Options are merged with the present ones; a change
   * that the router refuses is forgotten, everything else is kept. One change at a time.
   *
   * @return completes when a router has taken them, at the latest in the next session; fails with a
   *     {@link StreamingException} that says why not
   * @throws IllegalArgumentException for other options
   */
  public CompletableFuture<@Nullable Void> reconfigure(Map<String, String> tunnelOptions) {
    Map<String, String> changes = SessionOptions.forRunningSession(tunnelOptions);
    StreamingException hopeless = hopeless();
    return hopeless == null
        ? OptionChange.ask(loop, changes)
        : CompletableFuture.failedFuture(hopeless);
  }

  /** Adds someone to tell; before or after the start. */
  public void addListener(StreamManagerListener listener) {
    journal.add(listener);
  }

  /** The listener hears nothing more; harmless when it was never added. */
  public void removeListener(StreamManagerListener listener) {
    journal.remove(listener);
  }

  /** Adds someone to tell of dials; before or after the start. */
  public void addDialListener(DialListener listener) {
    journal.add(listener);
  }

  /** Ends all streams and the session. Does not wait for peers. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    loop.close(CLOSE_NANOS);
    List.copyOf(servers.values()).forEach(I2PServerSocket::managerClosed);
    servers.clear();
  }

  @Override
  public String toString() {
    return "StreamManager[" + name + ", " + state().phase() + "]";
  }
}
