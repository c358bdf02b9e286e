package io.i2pstreaming.facade;

import java.io.InterruptedIOException;
import java.util.concurrent.locks.Condition;

/**
 * One bounded wait on a condition. Turns an interrupt into the exception that blocking I/O throws,
 * with the thread's interrupt status set. Used by everything here that blocks, under its lock.
 */
final class PipeWait {
  /** Waits without limit. */
  static final long FOREVER = 0;

  private final boolean bounded;
  private long remainingNanos;

  /** A wait of at most {@code timeoutNanos}; {@link #FOREVER} has no limit. */
  PipeWait(long timeoutNanos) {
    this.bounded = timeoutNanos != FOREVER;
    this.remainingNanos = timeoutNanos;
  }

  /**
   * Waits for a signal, or wakes without one, so every caller asks again what it waits for; false
   * when the time is up, at once if it already was.
   */
  @SuppressWarnings("WaitNotInLoop") // The loop is the caller's.
  boolean await(Condition condition) throws InterruptedIOException {
    try {
      if (!bounded) {
        condition.await();
        return true;
      }
      if (remainingNanos <= 0) {
        return false;
      }
      remainingNanos = condition.awaitNanos(remainingNanos);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted =
          new InterruptedIOException("the thread was interrupted while it waited for the stream");
      interrupted.initCause(e);
      throw interrupted;
    }
  }
}
