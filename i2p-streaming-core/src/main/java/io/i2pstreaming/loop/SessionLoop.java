package io.i2pstreaming.loop;

import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.ConnectionConfig;
import io.i2pstreaming.endpoint.AdmissionRules;
import io.i2pstreaming.endpoint.PacketTap;
import io.i2pstreaming.endpoint.StreamAcceptor;
import io.i2pstreaming.endpoint.StreamingEndpoint;
import io.i2pstreaming.identity.Destination;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The driver of one destination: a thread that owns the session with the router and every stream,
 * and the only place where they meet the clock. One turn takes what other threads left in the
 * mailbox and what the router sent, fires what is due, sends what is to be sent in one write, and
 * sleeps until the next deadline or the next signal. Public methods may be called by any thread.
 */
public final class SessionLoop {
  /** How long somebody who only wants to look may wait for the loop. */
  public static final long ASK_NANOS = 5_000_000_000L;

  /** Commands handled in one turn before other work gets its chance. */
  private static final int COMMANDS_PER_TURN = 256;

  /** Longest sleep: a bound for the arithmetic, not a wake-up that anybody waits for. */
  private static final long LONGEST_SLEEP_NANOS = 3_600_000_000_000L;

  private static final Logger log = LoggerFactory.getLogger(SessionLoop.class);

  private final LoopSettings settings;
  private final TimeSource time;
  private final SessionListener listener;
  private final Mailbox mailbox = new Mailbox(this::wake);
  private final Questions questions = new Questions(mailbox);
  private final Junction junction;
  private final AtomicBoolean started = new AtomicBoolean();
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
  private volatile boolean closing;
  private volatile boolean asleep;
  private volatile @Nullable Thread thread;

  /** A loop that has not been started. */
  public SessionLoop(LoopSettings settings, SessionListener listener) {
    this.settings = settings;
    this.time = settings.time();
    this.listener = listener;
    this.junction = new Junction(settings, mailbox, this::wake, listener);
  }

  /** Starts the thread and the first session; harmless when repeated. */
  public void start() {
    if (closing || !started.compareAndSet(false, true)) {
      return;
    }
    Thread loop = new Thread(this::run, settings.name() + "-loop");
    loop.setDaemon(true);
    thread = loop;
    loop.start();
  }

  /** Ends all streams and the session; returns when that is done or {@code nanos} have passed. */
  public void close(long nanos) {
    closing = true;
    if (started.compareAndSet(false, true)) {
      stop();
      return;
    }
    wake();
    if (onLoopThread()) {
      return;
    }
    try {
      ended.get(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      log.debug("The loop of {} is still busy with its last turn", settings.name());
    }
  }

  /** The time by which connections live. */
  public long nanos() {
    return time.nanos();
  }

  /** A handle for a stream to be; it has no connection yet. */
  public StreamHandle newStream() {
    return new StreamHandle(this);
  }

  /**
   * Finds the destination of a name and waits for the session, {@code timeoutNanos} at most or, if
   * that is 0, without limit.
   *
   * @return false when too much waits for the loop already
   */
  public boolean resolve(
      @Nullable Destination destination, String name, long timeoutNanos, Resolution resolution) {
    return mailbox.offer(
        now -> {
          long deadline = timeoutNanos == 0 ? Connection.NEVER : now + timeoutNanos;
          junction.resolver().resolve(now, destination, name, deadline, resolution);
        });
  }

  /**
   * The same, and waits until one more stream may be open: {@code maxConcurrentStreams}.
   *
   * @return false when too much waits for the loop already
   */
  public boolean dial(
      @Nullable Destination destination, String name, long timeoutNanos, Resolution resolution) {
    return mailbox.offer(
        now -> {
          long deadline = timeoutNanos == 0 ? Connection.NEVER : now + timeoutNanos;
          junction.dial(now, destination, name, deadline, resolution);
        });
  }

  /**
   * Accepts streams from now on, not only when the loop gets to it: whoever knows that we listen
   * may dial at once. False when somebody takes the port's streams already or the loop is closed.
   */
  public boolean listen(int port, StreamAcceptor acceptor) {
    return !closing && junction.endpoint().listen(port, acceptor);
  }

  /** Accepts no more streams to this port. */
  public void unlisten(int port) {
    junction.endpoint().unlisten(port);
  }

  /** Changes tunnel options; false when too much waits for the loop already, or it has ended. */
  public boolean reconfigure(Map<String, String> changes, Reconfiguration whoever) {
    return mailbox.offer(now -> junction.reconfigure(now, changes, whoever));
  }

  /** Gives streams that peers open from now on the numbers that it finds there. */
  public void incoming(Supplier<ConnectionConfig> latest) {
    mailbox.post(now -> junction.incoming(latest.get()));
  }

  /**
   * Applies the rules that it finds there to peers that come from now on, not only when the loop
   * gets to it: whoever knows of the change may count on it.
   */
  public void rules(Supplier<AdmissionRules> latest) {
    junction.endpoint().rules(latest.get());
    // Once more by the loop: of two changes at once, the latest counts in the end.
    mailbox.post(now -> junction.rules(latest.get()));
  }

  /** The protocols beside streaming. */
  public DatagramPort datagrams() {
    return junction.datagrams();
  }

  /**
   * Shows {@code tap} every packet, or those of one stream that is connected, until {@link #untap}
   * or the end; false when too much waits for the loop already, or it is closed.
   */
  public boolean tap(PacketTap tap, @Nullable StreamHandle only) {
    return mailbox.offer(
        now -> {
          Connection connection = only == null ? null : only.connection();
          if (only != null && connection == null) {
            tap.ended();
          } else {
            junction.taps().add(tap, connection);
          }
        });
  }

  /** Shows this one nothing more. */
  public void untap(PacketTap tap) {
    mailbox.post(now -> junction.taps().remove(tap));
  }

  /** The machine, for those whom the loop calls. Loop thread. */
  public StreamingEndpoint endpoint() {
    return junction.endpoint();
  }

  /** Whether the application gave this stream up. Loop thread. */
  public boolean abandoned(StreamHandle stream) {
    return stream.aborted();
  }

  /** The loop's figures, or null when it does not answer in time. */
  public @Nullable LoopStats stats() {
    return ask(now -> junction.stats(), ASK_NANOS);
  }

  /**
   * Has a question answered on the loop thread; null when that takes longer than {@code nanos}, at
   * once while an earlier question is overdue.
   */
  public <T> @Nullable T ask(LongFunction<@Nullable T> question, long nanos) {
    if (onLoopThread() || ended.isDone()) {
      return question.apply(time.nanos());
    }
    return thread == null ? null : questions.ask(question, nanos);
  }

  void signal(StreamHandle stream) {
    mailbox.signal(stream);
  }

  private boolean onLoopThread() {
    return Thread.currentThread() == thread;
  }

  private void wake() {
    if (asleep) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    try {
      junction.start();
      while (!closing) {
        if (!turn(time.nanos())) {
          sleep();
        }
      }
    } finally {
      stop();
    }
  }

  private void stop() {
    try {
      mailbox.close();
      long now = time.nanos();
      junction.stop(now);
      while (runCommands(now)) {
        // Those who wait for an answer get it: there is no session any more.
      }
      junction.taps().ended();
    } finally {
      try {
        // Before close() returns: whoever closed must find the state closed.
        listener.closed();
      } finally {
        ended.complete(null);
      }
    }
  }

  /** One turn; true when there is more to do at once. A failure in here costs the session only. */
  boolean turn(long now) {
    try {
      // Commands are the last that is looked for and the first that is done: who left one before he
      // wrote to a stream, or let a peer send a packet, finds it done when that is handled.
      junction.look();
      StreamHandle signalled = mailbox.takeSignalled();
      boolean moreCommands;
      try {
        moreCommands = runCommands(now);
      } finally {
        deliverSignals(now, signalled);
      }
      boolean moreWork = junction.turn(now);
      return moreCommands || moreWork;
    } catch (RuntimeException e) {
      log.error("A turn of the loop of {} failed; its session starts anew", settings.name(), e);
      junction.restart(now);
      return true;
    }
  }

  private boolean runCommands(long now) {
    for (int i = 0; i < COMMANDS_PER_TURN; i++) {
      LoopCommand command = mailbox.poll();
      if (command == null) {
        return false;
      }
      command.run(now);
    }
    return true;
  }

  private void deliverSignals(long now, @Nullable StreamHandle first) {
    StreamHandle stream = first;
    while (stream != null) {
      StreamHandle after = stream.next;
      stream.next = null;
      stream.deliver(now, junction);
      stream = after;
    }
  }

  private void sleep() {
    asleep = true;
    if (!closing && mailbox.isEmpty() && !junction.hasInput()) {
      long wait =
          Math.min(junction.nextDeadline(), time.nanos() + LONGEST_SLEEP_NANOS) - time.nanos();
      if (wait > 0) {
        LockSupport.parkNanos(this, wait);
      }
    }
    asleep = false;
    // An interrupt of this thread has no meaning; left set, it would keep it from sleeping.
    Thread.interrupted();
  }
}
