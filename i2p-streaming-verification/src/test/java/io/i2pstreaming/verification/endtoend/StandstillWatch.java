package io.i2pstreaming.verification.endtoend;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Notices when this machine stood still: a thread that wants to run every few milliseconds and
 * remembers the longest time that it could not. A test in real time that must not see a timer fire
 * needs to know.
 */
final class StandstillWatch implements AutoCloseable {
  private static final long STEP_NANOS = Duration.ofMillis(5).toNanos();

  private final Thread thread = new Thread(this::watch, "standstill-watch");
  private final long startedAt = System.nanoTime();
  private volatile boolean closed;
  private volatile long before = startedAt;
  private volatile long longestNanos;
  private volatile long steps = 1;

  StandstillWatch() {
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    long count = 1;
    while (!closed) {
      LockSupport.parkNanos(STEP_NANOS);
      long now = System.nanoTime();
      longestNanos = Math.max(longestNanos, now - before - STEP_NANOS);
      before = now;
      steps = ++count;
    }
  }

  /** The longest time, one that lasts included. */
  Duration longest() {
    return Duration.ofNanos(Math.max(longestNanos, System.nanoTime() - before - STEP_NANOS));
  }

  /** How late it ran on average: what a busy machine adds each time that a thread is to run. */
  Duration mean() {
    return Duration.ofNanos((System.nanoTime() - startedAt) / steps - STEP_NANOS);
  }

  @Override
  public void close() {
    closed = true;
  }
}
