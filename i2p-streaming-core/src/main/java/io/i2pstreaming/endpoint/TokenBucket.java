package io.i2pstreaming.endpoint;

/** A rate limit: so many at once, and one more after every interval. Told the time. */
final class TokenBucket {
  private final int burst;
  private final long intervalNanos;
  private int tokens;
  private long countedUntil;
  private boolean started;

  TokenBucket(int burst, long intervalNanos) {
    this.burst = burst;
    this.intervalNanos = intervalNanos;
    this.tokens = burst;
  }

  boolean available(long now) {
    return available(now, 1);
  }

  boolean available(long now, int count) {
    refill(now);
    return tokens >= count;
  }

  /** Takes one if there is one. */
  boolean take(long now) {
    return take(now, 1);
  }

  /** Takes all of {@code count}, or none. */
  boolean take(long now, int count) {
    refill(now);
    if (tokens < count) {
      return false;
    }
    tokens -= count;
    return true;
  }

  /** When there will be so many, which is at most what there is at once, if none is taken. */
  long whenAvailable(int count) {
    return countedUntil + Math.max(0, count - tokens) * intervalNanos;
  }

  private void refill(long now) {
    if (!started) {
      started = true;
      countedUntil = now;
    }
    long intervals = (now - countedUntil) / intervalNanos;
    if (intervals > 0) {
      tokens = (int) Math.min(burst, tokens + Math.min(intervals, burst));
      countedUntil += intervals * intervalNanos;
    }
  }
}
