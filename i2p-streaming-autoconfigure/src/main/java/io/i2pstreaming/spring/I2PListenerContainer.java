package io.i2pstreaming.spring;

import io.i2pstreaming.I2PServerSocket;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamingException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts the streams to one port and hands each to a handler on a thread of the executor. Knows
 * how many are being served; never reads or writes a stream. Started and stopped by {@link
 * I2PListenerEndpointRegistry}, or by the application; may be started again. Thread-safe.
 */
public final class I2PListenerContainer {
  private static final Logger log = LoggerFactory.getLogger(I2PListenerContainer.class);
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final String id;
  private final StreamManager manager;
  private final int port;
  private final int concurrency;
  private final boolean autoStartup;
  private final I2PStreamHandler handler;
  private final Executor executor;

  private final AtomicLong handled = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();

  /** The present run, or null while stopped. Guarded by the lock. */
  private @Nullable Run run;

  /** A stopped container; ports are 0 to 65535, {@code concurrency} is at least 1. */
  public I2PListenerContainer(
      String id,
      StreamManager manager,
      int port,
      int concurrency,
      boolean autoStartup,
      I2PStreamHandler handler,
      Executor executor) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("an I2P port is 0 to 65535, not " + port);
    }
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency is at least 1, not " + concurrency);
    }
    this.id = id;
    this.manager = manager;
    this.port = port;
    this.concurrency = concurrency;
    this.autoStartup = autoStartup;
    this.handler = handler;
    this.executor = executor;
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

  /** Whether it starts with the application context. */
  public boolean autoStartup() {
    return autoStartup;
  }

  /** Whether it accepts streams. */
  public boolean isRunning() {
    lock.lock();
    try {
      return run != null && !run.stopping;
    } finally {
      lock.unlock();
    }
  }

  /** Streams being served now. */
  public int activeStreams() {
    lock.lock();
    try {
      return run == null ? 0 : run.sockets.size();
    } finally {
      lock.unlock();
    }
  }

  /** Streams served to their end since the application started. */
  public long handledStreams() {
    return handled.get();
  }

  /** Streams whose handler threw. */
  public long failedStreams() {
    return failed.get();
  }

  /**
   * Begins to accept. Harmless while running.
   *
   * @throws I2PConfigurationException if the port cannot be listened on
   */
  public void start() {
    lock.lock();
    try {
      if (run != null && !run.stopping) {
        return;
      }
      Run next;
      try {
        next = new Run(manager.listen(port));
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
      run = next;
      // Not a daemon: an application that only serves I2P streams stays alive by it.
      new Thread(next::acceptStreams, "i2p-accept-" + id).start();
    } finally {
      lock.unlock();
    }
  }

  /** Stops accepting and runs {@code whenIdle} once the last stream in hand has been served. */
  public void stop(Runnable whenIdle) {
    Run stopped;
    lock.lock();
    try {
      stopped = run;
      if (stopped != null) {
        stopped.stopping = true;
        stopped.whenIdle.add(whenIdle);
      }
    } finally {
      lock.unlock();
    }
    if (stopped == null) {
      whenIdle.run();
      return;
    }
    stopped.stopAccepting();
    stopped.settle();
  }

  /** Stops accepting and resets the streams in hand. */
  public void stopNow() {
    stop(() -> {});
    List<I2PSocket> left = List.of();
    lock.lock();
    try {
      if (run != null) {
        left = new ArrayList<>(run.sockets);
      }
    } finally {
      lock.unlock();
    }
    left.forEach(I2PSocket::reset);
  }

  /** One start and everything accepted until the stop that belongs to it. */
  private final class Run {
    private final I2PServerSocket server;
    private final Semaphore permits = new Semaphore(concurrency);

    // Guarded by the lock. At most `concurrency` sockets: each holds a permit.
    private final Set<I2PSocket> sockets = new HashSet<>();
    private final List<Runnable> whenIdle = new ArrayList<>();
    private boolean stopping;

    Run(I2PServerSocket server) {
      this.server = server;
    }

    void acceptStreams() {
      while (true) {
        permits.acquireUninterruptibly();
        if (isStopping()) {
          return;
        }
        I2PSocket socket;
        try {
          socket = server.accept();
        } catch (IOException e) {
          permits.release();
          if (server.isClosed() || e instanceof StreamingException.Closed) {
            ended(e);
            return;
          }
          log.warn("Listener '{}' could not accept a stream, tries again: {}", id, e.getMessage());
          LockSupport.parkNanos(RETRY_NANOS);
          continue;
        }
        serve(socket);
      }
    }

    private void serve(I2PSocket socket) {
      lock.lock();
      try {
        sockets.add(socket);
      } finally {
        lock.unlock();
      }
      try {
        executor.execute(() -> handle(socket));
      } catch (RejectedExecutionException e) {
        log.warn("Listener '{}' has no thread for a stream and resets it", id);
        failed.incrementAndGet();
        socket.reset();
        release(socket);
      }
    }

    // Whatever a handler throws belongs to its stream and must not end the listener.
    @SuppressWarnings("CatchingUnchecked")
    private void handle(I2PSocket socket) {
      try {
        handler.handle(socket);
        socket.close();
        handled.incrementAndGet();
      } catch (StreamingException | SocketTimeoutException | I2PFramingException e) {
        // The peer's doing, and no fault of the handler: peers must not be able to fill the log.
        failed.incrementAndGet();
        socket.reset();
        log.debug("Listener '{}': a stream ended early", id, e);
      } catch (Exception e) {
        failed.incrementAndGet();
        socket.reset();
        log.warn("Listener '{}' threw; its stream was reset", id, e);
      } finally {
        release(socket);
      }
    }

    private void release(I2PSocket socket) {
      lock.lock();
      try {
        sockets.remove(socket);
      } finally {
        lock.unlock();
      }
      permits.release();
      settle();
    }

    private boolean isStopping() {
      lock.lock();
      try {
        return stopping;
      } finally {
        lock.unlock();
      }
    }

    private void stopAccepting() {
      try {
        server.close();
      } catch (IOException e) {
        log.debug("Listener '{}': closing its port", id, e);
      }
      // Wakes the accepting thread where it waits for a free handler.
      permits.release();
    }

    private void ended(IOException why) {
      boolean unexpected;
      lock.lock();
      try {
        unexpected = !stopping;
        stopping = true;
      } finally {
        lock.unlock();
      }
      if (unexpected) {
        log.warn("Listener '{}' ended with its stream manager: {}", id, why.getMessage());
      }
      settle();
    }

    /** Tells those who wait, once this run is over. */
    private void settle() {
      List<Runnable> told;
      lock.lock();
      try {
        if (!stopping || !sockets.isEmpty()) {
          return;
        }
        told = new ArrayList<>(whenIdle);
        whenIdle.clear();
        if (run == this) {
          run = null;
        }
      } finally {
        lock.unlock();
      }
      told.forEach(Runnable::run);
    }
  }
}
