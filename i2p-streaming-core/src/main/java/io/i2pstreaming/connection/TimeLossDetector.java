package io.i2pstreaming.connection;

/**
 * A packet is lost when something that left after it has arrived, and the path had time to deliver
 * it out of order (RFC 8985). How much time that is depends on what this path was seen to do.
 */
final class TimeLossDetector implements LossDetector {
  /** So many reports mean a loss on a path that has never reordered. */
  private static final int REPORTS_WITHOUT_REORDERING = 3;

  /** Threads of one machine reorder by this much even when the path takes no time at all. */
  private static final long MIN_ALLOWANCE_NANOS = 5_000_000L;

  private static final int FIRST_PATIENCE = 4;
  private static final int MAX_PATIENCE = 16;

  /** After so many loss episodes without a needless retransmission, patience is forgotten. */
  private static final int EPISODES_TO_FORGET = 16;

  /** Sixteenths of the mean round trip that a packet may be overtaken by. */
  private int patience = FIRST_PATIENCE;

  private boolean reorders;
  private int episodesWithoutNeedless;

  @Override
  public long lostAtNanos(int reports, long lastSentAtNanos, RttEstimator rtt) {
    if (reports == 0) {
      return Connection.NEVER;
    }
    if (!rtt.hasSample()) {
      return lastSentAtNanos + rtt.baseRtoNanos();
    }
    long allowance = Math.max(rtt.smoothedNanos() / 16, rtt.varianceNanos() / 2) * patience;
    if (!reorders && reports >= REPORTS_WITHOUT_REORDERING) {
      allowance = Math.min(allowance, 2 * rtt.varianceNanos());
    }
    return lastSentAtNanos + rtt.smoothedNanos() + Math.max(MIN_ALLOWANCE_NANOS, allowance);
  }

  @Override
  public void onReordered() {
    reorders = true;
  }

  @Override
  public void onNeedless() {
    reorders = true;
    episodesWithoutNeedless = 0;
    patience = Math.min(MAX_PATIENCE, patience + 1);
  }

  @Override
  public void onEpisode() {
    if (++episodesWithoutNeedless >= EPISODES_TO_FORGET) {
      episodesWithoutNeedless = 0;
      patience = FIRST_PATIENCE;
    }
  }
}
