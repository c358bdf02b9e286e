package io.i2pstreaming.connection;

/**
 * Slows down when round trips show that packets queue up, and hardly because of losses: on I2P most
 * of them say nothing about the capacity of the path. Slow start until a queue shows, then two
 * packets more per round trip; a queue, or much more loss than usual, takes a share of the window
 * away. Works in packets, because an I2P tunnel charges by messages and not by bytes.
 *
 * <p>The queue is the smallest of some round trips over the smallest of the last minute (as in TCP
 * Vegas and LEDBAT, RFC 6817); a minimum looks through jitter.
 */
final class DelayControl implements CongestionControl {
  private static final int MIN_WINDOW = 2;
  private static final int GROWTH_PER_ROUND = 2;
  private static final long MIN_ALLOWANCE_NANOS = 10_000_000L;

  /** Whoever looks at more packets finds a smaller minimum: all windows look at equally many. */
  private static final int SAMPLES_PER_LOOK = 16;

  /** The window doubles meanwhile, so less must do. */
  private static final int SAMPLES_PER_FIRST_LOOK = 8;

  /** Few losses prove nothing. */
  private static final int MIN_LOSSES = 4;

  private static final float MAX_USUAL_LOSS_SHARE = 0.1f;
  private static final double EXCESS_LOSS_SHARE = 0.1;

  private final int initialWindow;
  private final int maxWindow;
  private final WindowedMinimum base = new WindowedMinimum();
  private int window;
  private int threshold;
  private int windowBefore;
  private int thresholdBefore;
  private long roundEnd;
  private long lookBegin = Long.MIN_VALUE;
  private long lookMin = Connection.NEVER;
  private int lookSamples;
  private int roundAcked;
  private int roundLost;
  private boolean roundLimited;
  private int bestAcked;
  private float lossShare = MAX_USUAL_LOSS_SHARE;
  private boolean sentBefore;
  private long lastSentAt;

  DelayControl(int initialWindowPackets, int maxWindowPackets) {
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
    roundAcked += packets;
    roundLimited |= windowLimited;
    if (window < threshold && windowLimited) {
      window = Math.min(threshold, window + packets);
    }
    if (sampleNanos >= 0) {
      base.add(nowNanos, sampleNanos);
      look(nowNanos, sampleNanos, rtt);
    }
    if (nowNanos >= roundEnd) {
      endRound(nowNanos, rtt);
      beginRound(nowNanos, rtt);
    }
  }

  private void look(long nowNanos, long sampleNanos, RttEstimator rtt) {
    if (nowNanos < lookBegin) {
      // What arrives now shows what the previous window did.
      return;
    }
    lookMin = Math.min(lookMin, sampleNanos);
    lookSamples++;
    if (lookSamples >= (window < threshold ? SAMPLES_PER_FIRST_LOOK : SAMPLES_PER_LOOK)) {
      if (queueNanos() > allowanceNanos(rtt)) {
        reduceByDelay(nowNanos, rtt);
      }
      lookMin = Connection.NEVER;
      lookSamples = 0;
    }
  }

  private void endRound(long nowNanos, RttEstimator rtt) {
    float share = (float) roundLost / Math.max(1, roundAcked + roundLost);
    boolean tooLossy = roundLost >= MIN_LOSSES && share > 2 * lossShare + EXCESS_LOSS_SHARE;
    lossShare = Math.min(MAX_USUAL_LOSS_SHARE, lossShare + (share - lossShare) / 8);
    bestAcked = Math.max(roundAcked, bestAcked * 15 / 16);
    if (nowNanos < lookBegin) {
      return;
    }
    if (tooLossy) {
      reduceTo(window * 7 / 10, nowNanos, rtt);
    } else if (roundLimited && window >= threshold && mayGrow()) {
      window = Math.min(maxWindow, window + GROWTH_PER_ROUND);
    }
  }

  /** With losses, only as long as a larger window brings more to the other end. */
  private boolean mayGrow() {
    return roundLost == 0 || window <= bestAcked * 9 / 8 + GROWTH_PER_ROUND;
  }

  private void beginRound(long nowNanos, RttEstimator rtt) {
    roundEnd = nowNanos + (rtt.hasSample() ? rtt.smoothedNanos() : rtt.baseRtoNanos());
    roundAcked = 0;
    roundLost = 0;
    roundLimited = false;
  }

  /** What the packets of this look have waited at least; 0 while that is unknown. */
  private long queueNanos() {
    return lookSamples == 0 ? 0 : lookMin - base.nanos();
  }

  private long allowanceNanos(RttEstimator rtt) {
    return Math.max(MIN_ALLOWANCE_NANOS, base.nanos() / 8) + 2 * rtt.varianceNanos();
  }

  /** Down to what the path holds without a queue, and a little less, so that it drains. */
  private void reduceByDelay(long nowNanos, RttEstimator rtt) {
    long fits = (long) window * base.nanos() / lookMin * 9 / 10;
    reduceTo(Math.max(window / 2, (int) fits), nowNanos, rtt);
  }

  private void reduceTo(int packets, long nowNanos, RttEstimator rtt) {
    windowBefore = window;
    thresholdBefore = threshold;
    window = Math.min(maxWindow, Math.max(MIN_WINDOW, packets));
    threshold = window;
    lookMin = Connection.NEVER;
    lookSamples = 0;
    lookBegin = nowNanos + (rtt.hasSample() ? rtt.smoothedNanos() : rtt.baseRtoNanos());
  }

  @Override
  public void onLost(int packets) {
    roundLost += packets;
  }

  @Override
  public void onLossEpisode(long nowNanos, int inFlightPackets, RttEstimator rtt) {
    windowBefore = window;
    thresholdBefore = threshold;
    if (lookSamples >= SAMPLES_PER_FIRST_LOOK && queueNanos() > allowanceNanos(rtt) / 2) {
      reduceTo(window * 7 / 10, nowNanos, rtt);
    }
  }

  @Override
  public void onFalseAlarm() {
    window = Math.max(window, windowBefore);
    threshold = Math.max(threshold, thresholdBefore);
  }

  @Override
  public void onTimeout(long nowNanos, int inFlightPackets, RttEstimator rtt) {
    reduceTo(window * 7 / 10, nowNanos, rtt);
    window = Math.min(maxWindow, MIN_WINDOW);
  }
}
