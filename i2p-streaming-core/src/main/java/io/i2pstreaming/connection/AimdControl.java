package io.i2pstreaming.connection;

/**
 * Slow start, then one packet more per round trip, and seven tenths of the window after a loss (RFC
 * 5681 with the decrease of RFC 9438). Works in packets, because an I2P tunnel charges by messages
 * and not by bytes.
 */
final class AimdControl implements CongestionControl {
  private static final int MIN_WINDOW = 2;

  private final int initialWindow;
  private final int maxWindow;
  private int window;
  private int threshold;
  private int windowBefore;
  private int thresholdBefore;
  private int ackedInWindow;
  private boolean sentBefore;
  private long lastSentAt;

  AimdControl(int initialWindowPackets, int maxWindowPackets) {
    maxWindow = Math.max(1, maxWindowPackets);
    initialWindow = Math.max(1, Math.min(initialWindowPackets, maxWindow));
    window = initialWindow;
    threshold = maxWindow;
  }

  @Override
  public int windowPackets() {
    return window;
  }

  @Override
  public void onSent(long nowNanos, int inFlightPackets, long rtoNanos) {
    if (sentBefore && inFlightPackets == 0 && nowNanos - lastSentAt > rtoNanos) {
      // What the path could carry before the pause, it may not carry now (RFC 7661's concern).
      threshold = Math.max(threshold, window * 3 / 4);
      window = Math.min(window, Math.max(initialWindow, window / 2));
    }
    sentBefore = true;
    lastSentAt = nowNanos;
  }

  @Override
  public void onAcked(
      long nowNanos, int packets, long sampleNanos, boolean windowLimited, RttEstimator rtt) {
    if (!windowLimited || window >= maxWindow) {
      return;
    }
    int left = packets;
    if (window < threshold) {
      int grown = Math.min(window + packets, threshold);
      left -= grown - window;
      window = grown;
    }
    ackedInWindow += left;
    if (ackedInWindow >= window) {
      ackedInWindow -= window;
      window++;
    }
    window = Math.min(window, maxWindow);
  }

  @Override
  public void onLost(int packets) {
    // One loss or many, an episode counts once.
  }

  @Override
  public void onLossEpisode(long nowNanos, int inFlightPackets, RttEstimator rtt) {
    windowBefore = window;
    thresholdBefore = threshold;
    threshold = reduced(rtt);
    window = threshold;
    ackedInWindow = 0;
  }

  @Override
  public void onFalseAlarm() {
    window = Math.max(window, windowBefore);
    threshold = Math.max(threshold, thresholdBefore);
  }

  @Override
  public void onTimeout(long nowNanos, int inFlightPackets, RttEstimator rtt) {
    windowBefore = window;
    thresholdBefore = threshold;
    threshold = reduced(rtt);
    window = atLeastMin(0);
    ackedInWindow = 0;
  }

  private int reduced(RttEstimator rtt) {
    return atLeastMin(window * (showsQueue(rtt) ? 7 : 9) / 10);
  }

  /** Jitter alone keeps the mean within four deviations of the minimum. */
  private static boolean showsQueue(RttEstimator rtt) {
    long margin = Math.max(rtt.minNanos() / 4, 4 * rtt.varianceNanos());
    return !rtt.hasSample() || rtt.smoothedNanos() > rtt.minNanos() + margin;
  }

  private int atLeastMin(int packets) {
    return Math.min(maxWindow, Math.max(MIN_WINDOW, packets));
  }
}
