package io.i2pstreaming.loop;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: 1 s, doubling to 60 s, each between three quarters and
 * five quarters of that, so that many clients of one router do not come back at once.
 */
final class Backoff {
  private static final long FIRST_NANOS = 1_000_000_000L;
  private static final int MAX_DOUBLINGS = 6;
  private static final long LONGEST_NANOS = 60_000_000_000L;

  private final RandomGenerator random;
  private int failures;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** The wait after one more failure. */
  long nextNanos() {
    long base = Math.min(LONGEST_NANOS, FIRST_NANOS << Math.min(failures, MAX_DOUBLINGS));
    failures++;
    return base * 3 / 4 + random.nextLong(base / 2);
  }

  /** An attempt succeeded. */
  void reset() {
    failures = 0;
  }
}
