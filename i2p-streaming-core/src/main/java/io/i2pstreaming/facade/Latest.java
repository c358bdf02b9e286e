package io.i2pstreaming.facade;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** The latest value of something, for which threads may wait. Setting it never waits for them. */
public final class Latest<T> {
  private static final Duration LONGEST = Duration.ofDays(10_000);

  private final ReentrantLock lock = new ReentrantLock();

  /** Signalled whenever {@code value} changes. */
  private final Condition changed = lock.newCondition();

  private volatile T value;

  /** Holds {@code first}. */
  public Latest(T first) {
    value = first;
  }

  /** The latest value. */
  public T get() {
    return value;
  }

  /** Replaces the value. */
  public void set(T next) {
    lock.lock();
    try {
      value = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the value is as wanted, {@code nanos} at most; returns the latest one anyway. */
  public T await(Predicate<T> wanted, long nanos) throws InterruptedException {
    long remaining = nanos;
    lock.lockInterruptibly();
    try {
      while (!wanted.test(value) && remaining > 0) {
        remaining = changed.awaitNanos(remaining);
      }
      return value;
    } finally {
      lock.unlock();
    }
  }

  /** A duration as {@link #await} wants it: not negative, and cut to what a long can hold. */
  public static long nanos(Duration timeout) {
    if (timeout.isNegative()) {
      return 0;
    }
    return timeout.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : timeout.toNanos();
  }
}
