package io.i2pstreaming.i2cp;

/**
 * The router's wall clock, carried on by our monotonic one. Routers judge signatures and lease sets
 * by their own time, so ours is never asked.
 */
final class RouterClock {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Last moment that lease sets can name, in milliseconds. */
  private static final long MAX_EPOCH_MILLIS = 0xffff_ffffL * 1000;

  private long epochMillis;
  private long setAt;

  /** The router said that it is {@code epochMillis} now. */
  void set(long now, long epochMillis) throws MalformedFrameException {
    if (epochMillis <= 0 || epochMillis > MAX_EPOCH_MILLIS) {
      throw new MalformedFrameException("an impossible date");
    }
    this.epochMillis = epochMillis;
    this.setAt = now;
  }

  /** The router's time at {@code now}, or 0 when it never told it. */
  long epochMillis(long now) {
    return epochMillis == 0 ? 0 : epochMillis + (now - setAt) / NANOS_PER_MILLI;
  }
}
