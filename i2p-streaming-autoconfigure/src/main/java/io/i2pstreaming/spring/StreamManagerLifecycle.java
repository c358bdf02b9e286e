package io.i2pstreaming.spring;

import io.i2pstreaming.StreamManager;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the stream managers with the context, without waiting for tunnels. A stopping context
 * waits, for the grace period at most, until closed streams have delivered what was written to
 * them. The session itself ends when the manager's bean is destroyed, so a stopped context can be
 * started again.
 */
public final class StreamManagerLifecycle implements SmartLifecycle {
  /** Before web servers when starting, and behind them when stopping: requests may use streams. */
  public static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 3072;

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final StreamManagers managers;
  private volatile Duration gracePeriod = I2PListenerContainerBuilder.DEFAULT_GRACE_PERIOD;
  private volatile boolean running;

  /** Starts all of {@code managers}. */
  public StreamManagerLifecycle(StreamManagers managers) {
    this.managers = managers;
  }

  /** How long a stop waits for what was written to closed streams; 20 s without this call. */
  public void setGracePeriod(Duration gracePeriod) {
    this.gracePeriod = gracePeriod;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public void start() {
    running = true;
    managers.byName().values().forEach(StreamManager::start);
  }

  @Override
  public void stop() {
    stop(() -> {});
  }

  @Override
  public void stop(Runnable callback) {
    running = false;
    Collection<StreamManager> all = managers.byName().values();
    if (drained(all)) {
      callback.run();
      return;
    }
    long nanos = gracePeriod.toNanos();
    Thread drain = new Thread(() -> drain(all, nanos, callback), "i2p-drain");
    drain.setDaemon(true);
    drain.start();
  }

  private static void drain(Collection<StreamManager> all, long nanos, Runnable callback) {
    long end = System.nanoTime() + nanos;
    while (!drained(all) && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    callback.run();
  }

  /** Whether no stream that the application has closed still has bytes on the way. */
  private static boolean drained(Collection<StreamManager> all) {
    return all.stream().allMatch(manager -> manager.deliveringStreams() == 0);
  }
}
