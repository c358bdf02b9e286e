package io.i2pstreaming;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.connection.ConnectionConfig;
import io.i2pstreaming.endpoint.AccessList;
import io.i2pstreaming.endpoint.AdmissionRules;
import io.i2pstreaming.endpoint.ConnectionLimits;
import io.i2pstreaming.endpoint.EndpointConfig;
import io.i2pstreaming.facade.Backlog;
import io.i2pstreaming.facade.Latest;
import io.i2pstreaming.facade.StandingRules;
import io.i2pstreaming.facade.StreamEnd;
import io.i2pstreaming.i2cp.SessionConfig;
import io.i2pstreaming.i2cp.SessionOptions;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.loop.DatagramPort;
import io.i2pstreaming.loop.LoopSettings;
import io.i2pstreaming.loop.SessionLoop;
import io.i2pstreaming.loop.TimeSource;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * An open destination: one identity, one session with a router, any number of streams. Thread-safe.
 *
 * <p>{@link #start()} returns at once; the session is built in the background and rebuilt, with the
 * same destination, whenever the router goes away. Streams do not survive the loss of the session.
 */
public final class StreamManager implements AutoCloseable {
  /** How long {@link #close()} waits for the loop to say goodbye. */
  private static final long CLOSE_NANOS = 5_000_000_000L;

  private final String name;
  private final DestinationKeys keys;
  private final SessionJournal journal;
  private final SessionLoop loop;
  private final NewStreams newStreams;
  private final ListeningPorts ports;
  private final OpenStreams openStreams;
  private final StandingRules rules;
  private final AtomicBoolean datagramsOpen = new AtomicBoolean();
  private volatile boolean started;
  private volatile boolean closed;
  private final ManagerFigures figures;

  StreamManager(StreamManagerBuilder builder, DestinationKeys keys) {
    this.name = builder.name();
    this.keys = keys;
    SessionConfig session = SessionOptions.sessionConfig(builder.allSessionOptions());
    SessionOptions.require(session, keys);
    this.journal = new SessionJournal(name, Clock.systemUTC());
    this.rules = new StandingRules(builder.rules());
    StreamingOptions options = builder.options();
    ConnectionConfig usual = options.toConnectionConfig(session.legacyLeaseSet());
    EndpointConfig endpoint =
        new EndpointConfig(usual, options.answerPings(), rules.now(), options.pathSharing());
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
    StreamEnd.Factory factory = new StreamEnd.Factory(loop, journal, Failures::exception);
    this.newStreams = new NewStreams(factory, session.legacyLeaseSet(), options, usual);
    this.openStreams = new OpenStreams(loop, journal.open());
    this.ports = new ListeningPorts(loop);
    this.figures = new ManagerFigures(loop);
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
    return journal.awaitUp(Latest.nanos(timeout));
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
    return newStreams.options();
  }

  /**
   * Changes the options of streams that begin from now on, in both directions. What belongs to the
   * session as a whole stays: {@code answerPings}, {@code tcbcache.*}, a preset's tunnels.
   */
  public void options(StreamingOptions changed) {
    newStreams.options(changed);
    loop.incoming(newStreams::usual);
  }

  /**
   * Dials and waits for the answer; waits for the session first, within the same connect timeout,
   * and for another stream to end when there are as many as {@link #limits} allow. With a {@link
   * StreamingOptions#connectDelay connectDelay} it returns as soon as the destination is known, so
   * that the first bytes written travel in the SYN; why the stream could not be opened is then the
   * failure of a later read or write.
   */
  public I2PSocket connect(I2PAddress address) throws IOException {
    return connect(address, options());
  }

  /** Dials with other options than the manager's. */
  public I2PSocket connect(I2PAddress address, StreamingOptions options) throws IOException {
    I2PSocket socket = newSocket();
    socket.connect(address, options);
    return socket;
  }

  /** Dials without waiting. Cancelling the future gives the attempt up. */
  public CompletableFuture<I2PSocket> connectAsync(I2PAddress address) {
    Consumer<@Nullable Throwable> observed = dialBegun();
    StreamingException hopeless = hopeless();
    if (hopeless != null) {
      observed.accept(hopeless);
      return CompletableFuture.failedFuture(hopeless);
    }
    return new Dial(newStream(address, options(), 0), address).begin(this, observed);
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
    return newStreams.outgoing(address, wanted, localPort);
  }

  /** Dials and waits for the answer. */
  void dial(StreamEnd stream, I2PAddress address, StreamingOptions wanted) throws IOException {
    StreamingException hopeless = hopeless();
    if (hopeless != null) {
      throw hopeless;
    }
    new Dial(stream, address).await(wanted.connectTimeout());
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
    StandingRules own = new StandingRules(new AdmissionRules(AccessList.OFF, access, limits));
    Backlog backlog = newStreams.backlog(own);
    I2PServerSocket server = new I2PServerSocket(this, port, backlog, own);
    ports.open(server, backlog);
    return server;
  }

  void unlisten(I2PServerSocket server) {
    ports.free(server);
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
    return new Ping(loop, address, Latest.nanos(timeout)).roundTrip();
  }

  /** Finds the destination of a Base64, base32 or host name; fails with Unreachable. */
  public CompletableFuture<Destination> lookup(String name) {
    long timeout = options().connectTimeout().toNanos();
    return NameLookup.find(loop, name, destination(), timeout, hopeless());
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
    return figures.latest();
  }

  /** The open streams; one whose end the application has seen is none of them. */
  public List<StreamStats> streams() {
    return openStreams.stats();
  }

  /**
   * How many streams that the application has closed still deliver what was written to them: what a
   * {@link #close} now would cut off.
   */
  public int deliveringStreams() {
    return openStreams.delivering();
  }

  /** Resets the open stream with this id; false when there is none. */
  public boolean reset(long streamId) {
    return openStreams.reset(streamId);
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
    return rules.now().access();
  }

  /** Changes who may from now on; open streams stay. Who may not hears nothing. */
  public void accessList(AccessList list) {
    rules.access(list);
    loop.rules(rules::now);
  }

  /** How many streams peers may open, and how many may be open. */
  public ConnectionLimits limits() {
    return rules.now().limits();
  }

  /** Changes the limits from now on; open streams and counts stay. */
  public void limits(ConnectionLimits limits) {
    rules.limits(limits);
    loop.rules(rules::now);
  }

  /** Who may never, whatever the access list says. */
  public AccessList blacklist() {
    return rules.now().blacklist();
  }

  /** Changes {@code i2p.streaming.blacklist}: who may never, whatever the access list says. */
  public void blacklist(String entries) {
    rules.blacklist(AccessList.deny(entries));
    loop.rules(rules::now);
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

  /** Ends all streams and the session. Does not wait for peers. Harmless when repeated. */
  @Override
  public void close() {
    // Again and again: who comes second must find it closed, too, and not just about to be.
    closed = true;
    loop.close(CLOSE_NANOS);
    ports.managerClosed();
  }

  @Override
  public String toString() {
    return "StreamManager[" + name + ", " + state().phase() + "]";
  }
}
