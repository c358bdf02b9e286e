package io.i2pstreaming.connection;

import org.jspecify.annotations.Nullable;

/**
 * Smoothed round-trip time and the retransmission timeout that follows from it (RFC 6298). Fed with
 * unambiguous samples only: the caller obeys Karn's rule. All times in nanoseconds.
 */
final class RttEstimator {
  static final long MIN_RTO_NANOS = 100_000_000L;
  static final long MAX_RTO_NANOS = 45_000_000_000L;

  /**
   * The least distance between the mean and the timeout. A steady path would bring it to nothing,
   * and then the first pause of either side, or a delayed ack, would look like a loss.
   */
  private static final long MIN_MARGIN_NANOS = 100_000_000L;

  /** Backing off further would only make a lossy path slower to come back. */
  private static final int MAX_BACKOFF = 5;

  /**
   * Progress ends the backoff this often without a sample. When the path has become slower than the
   * timeout, every packet is sent twice and gives no sample; then only patience finds out.
   */
  private static final int MAX_UNSAMPLED_TIMEOUTS = 3;

  /** A handshake takes longer than a round trip: keys are looked up, signatures checked. */
  private static final long LEAST_REMEMBERED_RTO_NANOS = 1_000_000_000L;

  private final long initialRtoNanos;

  /** Until the first sample. */
  private @Nullable PathMemory memory;

  private long smoothedNanos = -1;
  private long varianceNanos = -1;
  private long minNanos = -1;
  private int backoff;
  private int unsampledTimeouts;

  RttEstimator(long initialRtoNanos) {
    this(initialRtoNanos, null);
  }

  RttEstimator(long initialRtoNanos, @Nullable PathMemory memory) {
    this.memory = memory;
    this.initialRtoNanos = clamp(memory == null ? initialRtoNanos : rememberedRtoNanos(memory));
  }

  private static long rememberedRtoNanos(PathMemory memory) {
    return Math.max(
        LEAST_REMEMBERED_RTO_NANOS, 2 * (memory.smoothedRttNanos() + 4 * memory.varianceNanos()));
  }

  void sample(long nanos) {
    long rtt = Math.max(1, nanos);
    backoff = 0;
    unsampledTimeouts = 0;
    if (smoothedNanos < 0) {
      minNanos = rtt;
      PathMemory known = memory;
      memory = null;
      if (known == null || !isLikely(rtt, known)) {
        smoothedNanos = rtt;
        varianceNanos = rtt / 2;
        return;
      }
      smoothedNanos = known.smoothedRttNanos();
      varianceNanos = known.varianceNanos();
    }
    varianceNanos += (Math.abs(smoothedNanos - rtt) - varianceNanos) / 4;
    smoothedNanos += (rtt - smoothedNanos) / 8;
    minNanos = Math.min(minNanos, rtt);
  }

  /** Tunnels change: what does not fit the memory ends it. */
  private static boolean isLikely(long rtt, PathMemory memory) {
    long margin = Math.max(4 * memory.varianceNanos(), memory.smoothedRttNanos() / 4);
    return Math.abs(rtt - memory.smoothedRttNanos()) <= margin;
  }

  boolean hasSample() {
    return smoothedNanos >= 0;
  }

  /** The mean, or −1 before the first sample. */
  long smoothedNanos() {
    return smoothedNanos;
  }

  /** The mean deviation, or −1 before the first sample. */
  long varianceNanos() {
    return varianceNanos;
  }

  /** The smallest sample, or −1 before the first. */
  long minNanos() {
    return minNanos;
  }

  /** The timeout without backoff. */
  long baseRtoNanos() {
    return hasSample()
        ? clamp(smoothedNanos + Math.max(4 * varianceNanos, MIN_MARGIN_NANOS))
        : initialRtoNanos;
  }

  /** The timeout now, backoff included. */
  long rtoNanos() {
    return clamp(baseRtoNanos() << backoff);
  }

  /** The timer fired: waits twice as long next time. */
  void backOff() {
    backoff = Math.min(MAX_BACKOFF, backoff + 1);
    unsampledTimeouts++;
  }

  /** The timer fired, and a probe is sent instead of waiting longer. */
  void probed() {
    unsampledTimeouts++;
  }

  /** Whether the timeout is a multiple of what the samples say. */
  boolean isBackedOff() {
    return backoff > 0;
  }

  /** Something new was acknowledged: the path works again. */
  void progress() {
    if (unsampledTimeouts <= MAX_UNSAMPLED_TIMEOUTS) {
      backoff = 0;
    }
  }

  private static long clamp(long nanos) {
    return Math.max(MIN_RTO_NANOS, Math.min(MAX_RTO_NANOS, nanos));
  }
}
