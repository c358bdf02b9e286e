package io.i2pstreaming.connection;

/**
 * Spreads a remembered first window, which no acknowledgements call for one by one: ten packets
 * leave together, the others at the rate of the window. What follows is paced by its
 * acknowledgements. Serves {@link SendHalf}.
 */
final class Pacer {
  static final int BURST_PACKETS = 10;
  private static final long LEAST_PAUSE_NANOS = 2_000_000L;

  private final TimerTable timers;
  private int remaining;
  private int allowed = BURST_PACKETS;
  private long countedAt;

  /** Spreads so many packets, more than leave together, from the first on. */
  Pacer(int packets, TimerTable timers) {
    this.timers = timers;
    remaining = packets;
  }

  boolean isOpen() {
    return remaining == 0 || allowed > 0;
  }

  /** A new packet leaves; returns whether none is left to spread. */
  boolean left(long now, int windowPackets, RttEstimator rtt) {
    if (remaining == 0) {
      return true;
    }
    remaining--;
    refill(now, windowPackets, rtt);
    allowed = Math.max(0, allowed - 1);
    if (!isOpen()) {
      timers.start(Timer.PACE, now + Math.max(LEAST_PAUSE_NANOS, pauseNanos(windowPackets, rtt)));
    }
    return remaining == 0;
  }

  /** The pause is over. */
  void onTimer(long now, int windowPackets, RttEstimator rtt) {
    refill(now, windowPackets, rtt);
    allowed = Math.max(1, allowed);
  }

  private static long pauseNanos(int windowPackets, RttEstimator rtt) {
    return rtt.hasSample() ? Math.max(1, rtt.smoothedNanos() / windowPackets) : 1;
  }

  private void refill(long now, int windowPackets, RttEstimator rtt) {
    long pause = pauseNanos(windowPackets, rtt);
    long earned = (now - countedAt) / pause;
    if (earned >= BURST_PACKETS - allowed) {
      allowed = BURST_PACKETS;
      countedAt = now;
    } else {
      allowed += (int) earned;
      countedAt += earned * pause;
    }
  }
}
