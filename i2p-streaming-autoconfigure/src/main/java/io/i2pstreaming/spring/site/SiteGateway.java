package io.i2pstreaming.spring.site;

import io.i2pstreaming.I2PServerSocket;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.identity.Hash;
import java.io.IOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the application's own web server to I2P. Accepts streams, within its limits, and hands
 * each to a thread of the executor; reads nothing itself. May be started again after a stop.
 * Thread-safe.
 */
public final class SiteGateway {
  private static final Logger log = LoggerFactory.getLogger(SiteGateway.class);
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final StreamManager manager;
  private final SiteSettings settings;
  private final CallerHeaders headers;
  private final Executor executor;
  private final SiteStats stats = new SiteStats();
  private final Farewell farewell = new Farewell();
  private final ReentrantLock lock = new ReentrantLock();

  /** The present run, or null while stopped. Guarded by the lock. */
  private @Nullable Run run;

  /** A stopped gateway; {@code headers} are shared with the filter of the application. */
  public SiteGateway(
      StreamManager manager, SiteSettings settings, CallerHeaders headers, Executor executor) {
    this.manager = manager;
    this.settings = settings;
    this.headers = headers;
    this.executor = executor;
  }

  /** The manager whose destination is the site's address. */
  public StreamManager manager() {
    return manager;
  }

  /** How it serves. */
  public SiteSettings settings() {
    return settings;
  }

  /** What it has counted. */
  public SiteStats stats() {
    return stats;
  }

  /** Streams open now. */
  public int activeStreams() {
    lock.lock();
    try {
      return run == null ? 0 : run.streams.size();
    } finally {
      lock.unlock();
    }
  }

  /** Those of them without a request, which end when there is no other room for a new one. */
  int idleStreams() {
    lock.lock();
    try {
      return run == null ? 0 : (int) run.streams.stream().filter(SiteStream::isIdle).count();
    } finally {
      lock.unlock();
    }
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

  /**
   * Begins to serve {@code origin}. Harmless while running.
   *
   * @throws BindException if something else listens on the port
   */
  public void start(Origin origin) throws IOException {
    lock.lock();
    try {
      if (run != null && !run.stopping) {
        return;
      }
      run = new Run(origin, listen());
      run.begin();
    } finally {
      lock.unlock();
    }
  }

  private List<I2PServerSocket> listen() throws IOException {
    List<I2PServerSocket> ports = new ArrayList<>();
    ports.add(manager.listen(settings.port()));
    try {
      ports.add(manager.listen(0));
    } catch (BindException e) {
      log.debug("Something else takes streams without a port; the site has port {}", e.toString());
    }
    return ports;
  }

  /**
   * Stops accepting, ends streams without a request, and runs {@code whenIdle} once the last
   * request under way has been answered. WebSockets stay open.
   */
  public void stop(Runnable whenIdle) {
    Run stopped;
    lock.lock();
    try {
      stopped = run;
    } finally {
      lock.unlock();
    }
    if (stopped == null) {
      whenIdle.run();
    } else {
      stopped.stop(whenIdle);
    }
  }

  /** Stops accepting and resets every stream. */
  public void stopNow() {
    Run stopped;
    lock.lock();
    try {
      stopped = run;
    } finally {
      lock.unlock();
    }
    if (stopped != null) {
      stopped.stop(() -> {});
      stopped.open().forEach(SiteStream::reset);
    }
  }

  /** One start, and everything accepted until the stop that belongs to it. */
  private final class Run {
    private final Origin origin;
    private final List<I2PServerSocket> ports;
    private final CallerLimits limits =
        new CallerLimits(settings.maxConnectionsPerDestination(), settings.maxRequestsPerMinute());
    private final SiteStream.Site site;
    private volatile boolean stopping;

    // Guarded by the lock. At most maxConnections.
    private final Set<SiteStream> streams = new HashSet<>();
    private final List<Runnable> whenIdle = new ArrayList<>();

    Run(Origin origin, List<I2PServerSocket> ports) {
      this.origin = origin;
      this.ports = ports;
      this.site =
          new SiteStream.Site(
              settings,
              new HeaderRules(settings.removedRequestHeaders()),
              headers.secret(),
              limits,
              stats,
              executor,
              farewell,
              () -> stopping);
    }

    void begin() {
      for (I2PServerSocket port : ports) {
        Thread thread = new Thread(() -> acceptStreams(port), "i2p-site-" + port.getLocalPort());
        thread.setDaemon(true);
        thread.start();
      }
    }

    private void acceptStreams(I2PServerSocket port) {
      while (true) {
        try {
          I2PSocket socket = port.accept();
          stats.stream();
          admit(socket);
        } catch (IOException e) {
          if (port.isClosed() || e instanceof StreamingException.Closed) {
            return;
          }
          log.warn("The site could not accept a stream, tries again: {}", e.getMessage());
          LockSupport.parkNanos(RETRY_NANOS);
        }
      }
    }

    private void admit(I2PSocket socket) {
      int port = socket.getLocalPort();
      if (port != 0 && port != settings.port()) {
        // Of all ports that nobody listens on, only the one of diallers without a port is ours.
        socket.reset();
        return;
      }
      SiteStream stream = new SiteStream(socket, origin, site);
      Refusal refusal = enter(stream);
      if (refusal == null) {
        try {
          executor.execute(() -> serve(stream));
          return;
        } catch (RejectedExecutionException e) {
          leave(stream);
          refusal = Refusal.UNAVAILABLE;
        }
      }
      stats.refused(refusal);
      farewell.refuse(socket, refusal);
    }

    private void serve(SiteStream stream) {
      try {
        stream.run();
      } finally {
        leave(stream);
      }
    }

    private @Nullable Refusal enter(SiteStream stream) {
      lock.lock();
      try {
        if (stopping) {
          return Refusal.UNAVAILABLE;
        }
        if (streams.size() >= settings.maxConnections() && !makeRoom(any -> true)) {
          return Refusal.CONNECTIONS;
        }
        Hash caller = stream.caller();
        if (!limits.enter(caller)
            && !(makeRoom(other -> other.caller().equals(caller)) && limits.enter(caller))) {
          return Refusal.DESTINATION_CONNECTIONS;
        }
        streams.add(stream);
        return null;
      } finally {
        lock.unlock();
      }
    }

    /** Ends the stream that has been without a request longest; its thread leaves soon after. */
    private boolean makeRoom(Predicate<SiteStream> candidates) {
      SiteStream longest = null;
      for (SiteStream stream : streams) {
        if (stream.isIdle()
            && candidates.test(stream)
            && (longest == null || stream.idleSinceNanos() - longest.idleSinceNanos() < 0)) {
          longest = stream;
        }
      }
      if (longest == null || !longest.endIfIdle()) {
        return false;
      }
      remove(longest);
      return true;
    }

    private void leave(SiteStream stream) {
      lock.lock();
      try {
        remove(stream);
      } finally {
        lock.unlock();
      }
      settle();
    }

    /** Once for each stream, whoever is first. Under the lock. */
    private void remove(SiteStream stream) {
      if (streams.remove(stream)) {
        limits.leave(stream.caller());
      }
    }

    List<SiteStream> open() {
      lock.lock();
      try {
        return new ArrayList<>(streams);
      } finally {
        lock.unlock();
      }
    }

    void stop(Runnable then) {
      lock.lock();
      try {
        stopping = true;
        whenIdle.add(then);
      } finally {
        lock.unlock();
      }
      for (I2PServerSocket port : ports) {
        try {
          port.close();
        } catch (IOException e) {
          log.debug("Closing a port of the site", e);
        }
      }
      open().forEach(SiteStream::endIfIdle);
      settle();
    }

    /** Tells those who wait, once no request is under way. */
    private void settle() {
      List<Runnable> told;
      lock.lock();
      try {
        if (!stopping || streams.stream().anyMatch(SiteStream::isBusy)) {
          return;
        }
        told = new ArrayList<>(whenIdle);
        whenIdle.clear();
        if (run == this && streams.isEmpty()) {
          run = null;
        }
      } finally {
        lock.unlock();
      }
      told.forEach(Runnable::run);
    }
  }
}
