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
  private volatile boolean closed;
  private volatile long longestNanos;

  StandstillWatch() {
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    long before = System.nanoTime();
    while (!closed) {
      LockSupport.parkNanos(STEP_NANOS);
      long now = System.nanoTime();
      longestNanos = Math.max(longestNanos, now - before - STEP_NANOS);
      before = now;
    }
  }

  Duration longest() {
    return Duration.ofNanos(longestNanos);
  }

  @Override
  public void close() {
    closed = true;
  }
}
