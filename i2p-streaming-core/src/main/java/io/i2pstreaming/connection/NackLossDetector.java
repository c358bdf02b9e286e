package io.i2pstreaming.connection;

/**
 * A packet is lost when the peer reported it missing often enough and the path had time to deliver
 * it out of order. With too few reports, as at the end of a flight, it is lost when it is older
 * than the retransmission timeout.
 */
final class NackLossDetector implements LossDetector {
  private static final int REPORTS = 3;

  /** Threads of one machine reorder by this much even when the path takes no time at all. */
  private static final long MIN_ALLOWANCE_NANOS = 5_000_000L;

  private static final int FIRST_PATIENCE = 4;
  private static final int MAX_PATIENCE = 16;

  /** Sixteenths of the mean round trip that a packet may be overtaken by. */
  private int patience = FIRST_PATIENCE;

  @Override
  public long lostAtNanos(int reports, long lastSentAtNanos, RttEstimator rtt) {
    if (reports == 0) {
      return Connection.NEVER;
    }
    if (reports < REPORTS || !rtt.hasSample()) {
      return lastSentAtNanos + rtt.baseRtoNanos();
    }
    long allowance = Math.max(rtt.smoothedNanos() / 16, rtt.varianceNanos() / 2) * patience;
    return lastSentAtNanos + rtt.smoothedNanos() + Math.max(MIN_ALLOWANCE_NANOS, allowance);
  }

  @Override
  public void onNeedless() {
    patience = Math.min(MAX_PATIENCE, patience + 1);
  }
}
