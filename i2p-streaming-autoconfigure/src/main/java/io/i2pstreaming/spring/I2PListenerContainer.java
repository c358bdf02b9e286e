package io.i2pstreaming.spring;

import io.i2pstreaming.I2PServerSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.endpoint.AccessList;
import io.i2pstreaming.endpoint.ConnectionLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.util.backoff.BackOff;

/**
 * Accepts the streams to one port and hands each to a handler on a thread of the executor. Knows
 * how many are being served; never reads or writes a stream. Started and stopped by {@link
 * I2PListenerEndpointRegistry}, or by the application; may be started again. Thread-safe.
 */
public final class I2PListenerContainer {
  /** What peers that dial now experience. */
  public enum State {
    /** They are served. */
    RUNNING,

    /** They wait, up to 64 of them, until the listener is resumed; further ones are refused. */
    PAUSED,

    /** They are refused. */
    STOPPED
  }

  private final String id;
  private final StreamManager manager;
  private final int port;
  private final int concurrency;
  private final boolean autoStartup;
  private final I2PStreamHandler handler;
  private final Executor executor;
  private final Duration gracePeriod;
  private final BackOff recovery;
  private final String description;
  private final I2PListenerErrorHandler errorHandler;
  private final FailureLog failures;

  private final AtomicInteger active = new AtomicInteger();
  private final AtomicLong handled = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();

  /** The last run, if it has not ended. Guarded by the lock. */
  private @Nullable ListenerRun run;

  // Both guarded by the lock.
  private AccessList accessList;
  private ConnectionLimits limits;

  I2PListenerContainer(I2PListenerContainerBuilder builder) {
    this.id = builder.id();
    this.manager = builder.manager();
    this.port = builder.port();
    this.concurrency = builder.concurrency();
    this.autoStartup = builder.autoStartup();
    this.handler = builder.handler();
    this.executor = builder.executor();
    this.gracePeriod = builder.gracePeriod();
    this.recovery = builder.recovery();
    this.description = builder.description();
    this.errorHandler = builder.errorHandler();
    this.accessList = builder.accessList();
    this.limits = builder.limits();
    this.failures = new FailureLog(id, System::nanoTime);
  }

  /** Collects what a container needs; a port is 0 to 65535. */
  public static I2PListenerContainerBuilder builder(String id, int port) {
    return new I2PListenerContainerBuilder(id, port);
  }

  /** Its name in the registry. */
  public String id() {
    return id;
  }

  /** The I2P port it serves. */
  public int port() {
    return port;
  }

  /** The manager whose streams it serves. */
  public StreamManager manager() {
    return manager;
  }

  /** How many streams it serves at once. */
  public int concurrency() {
    return concurrency;
  }

  /** Whether it starts with the application context. */
  public boolean autoStartup() {
    return autoStartup;
  }

  /** What serves the streams, for people: usually class and method. May be empty. */
  public String description() {
    return description;
  }

  /** Who may open streams to it, beside what the manager's list says. */
  public AccessList accessList() {
    lock.lock();
    try {
      return accessList;
    } finally {
      lock.unlock();
    }
  }

  /** Changes who may from now on; open streams stay. */
  public void accessList(AccessList list) {
    lock.lock();
    try {
      accessList = list;
      if (run != null) {
        run.server().accessList(list);
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many streams peers may open to it, beside the manager's limits. */
  public ConnectionLimits limits() {
    lock.lock();
    try {
      return limits;
    } finally {
      lock.unlock();
    }
  }

  /** Changes the limits from now on; open streams and counts stay. */
  public void limits(ConnectionLimits changed) {
    lock.lock();
    try {
      limits = changed;
      if (run != null) {
        run.server().limits(changed);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether it accepts streams, or will when it is resumed. */
  public State state() {
    lock.lock();
    try {
      return run == null ? State.STOPPED : run.state();
    } finally {
      lock.unlock();
    }
  }

  /** Whether it has its port: it is started, and may be paused. */
  public boolean isRunning() {
    return state() != State.STOPPED;
  }

  /** Streams being served now. */
  public int activeStreams() {
    return active.get();
  }

  /** Streams served to their end since the application started. */
  public long handledStreams() {
    return handled.get();
  }

  /** Streams that failed: their handler threw, or they ended early. */
  public long failedStreams() {
    return failed.get();
  }

  /**
   * Begins to accept. Harmless while running; a paused one stays paused.
   *
   * @throws I2PConfigurationException if the port cannot be listened on
   */
  public void start() {
    lock.lock();
    try {
      if (run != null && run.state() != State.STOPPED) {
        return;
      }
      run = new ListenerRun(this, listen());
      run.start();
    } finally {
      lock.unlock();
    }
  }

  private I2PServerSocket listen() {
    try {
      return manager.listen(port, accessList, limits);
    } catch (IOException e) {
      throw new I2PConfigurationException(
          "The listener '"
              + id
              + "' cannot listen on I2P port "
              + port
              + " of stream manager '"
              + manager.name()
              + "': "
              + e.getMessage()
              + ".",
          "Give each listener of a manager a port of its own.",
          e);
    }
  }

  /**
   * Serves no further stream until {@link #resume}; those in hand go on. Peers that dial meanwhile
   * are connected, but wait; when 64 of them do, further ones are refused. False if it is stopped.
   */
  public boolean pause() {
    return setPaused(true);
  }

  /** Serves streams again, first those that waited. False if it is stopped. */
  public boolean resume() {
    return setPaused(false);
  }

  private boolean setPaused(boolean paused) {
    lock.lock();
    try {
      return run != null && run.pause(paused);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Stops accepting, as {@link #stop(Runnable)} does, and waits until it is idle, or the grace
   * period is over.
   */
  public void stop() throws InterruptedException {
    CountDownLatch idle = new CountDownLatch(1);
    stop(idle::countDown);
    idle.await();
  }

  /**
   * Refuses further streams, resets those that wait to be served, and ends streams between two
   * messages. Runs {@code whenIdle} once the last stream in hand has been served, or right away if
   * there is none. What is not served when the grace period is over is reset, its thread is
   * interrupted, and {@code whenIdle} is run nevertheless.
   */
  public void stop(Runnable whenIdle) {
    ListenerRun stopped = current();
    if (stopped == null) {
      whenIdle.run();
    } else {
      stopped.stop(whenIdle, gracePeriod);
    }
  }

  /** Stops accepting and resets the streams in hand. */
  public void stopNow() {
    ListenerRun stopped = current();
    if (stopped != null) {
      stopped.stop(() -> {}, Duration.ZERO);
    }
  }

  private @Nullable ListenerRun current() {
    lock.lock();
    try {
      return run;
    } finally {
      lock.unlock();
    }
  }

  /** All that {@code ended} accepted has been served. */
  void ended(ListenerRun ended) {
    lock.lock();
    try {
      if (run == ended) {
        run = null;
      }
    } finally {
      lock.unlock();
    }
  }

  I2PStreamHandler handler() {
    return handler;
  }

  Executor executor() {
    return executor;
  }

  I2PListenerErrorHandler errorHandler() {
    return errorHandler;
  }

  FailureLog failures() {
    return failures;
  }

  BackOff recovery() {
    return recovery;
  }

  /** A stream was accepted. */
  void streamBegan() {
    active.incrementAndGet();
  }

  /** A stream is over. */
  void streamEnded(boolean well) {
    (well ? handled : failed).incrementAndGet();
    active.decrementAndGet();
  }
}
