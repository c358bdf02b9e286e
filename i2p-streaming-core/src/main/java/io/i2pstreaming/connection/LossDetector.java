package io.i2pstreaming.connection;

/**
 * Decides from acknowledgements which unacknowledged packets are lost. A seam: the NACK-counting
 * rule is today's answer, a time-based one may replace it.
 */
public interface LossDetector {
  /** Forgets everything about {@code sequence}'s earlier transmissions: it was just (re)sent. */
  void onSent(long nowNanos, long sequence);

  /**
   * An incoming packet reported {@code sequence} missing although a later number had arrived.
   *
   * @param highestAckedSentAtNanos when the newest packet that this report acknowledges was last
   *     sent: only a copy sent before that can be judged by it
   * @return whether the packet must now be taken for lost and sent again
   */
  boolean onNack(
      long nowNanos,
      long sequence,
      long lastSentAtNanos,
      long highestAckedSentAtNanos,
      long srttNanos);
}
