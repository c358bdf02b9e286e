package io.i2pstreaming.connection;

/** Decides from acknowledgements which unacknowledged packets are lost. */
interface LossDetector {
  /**
   * When a packet is to be taken for lost.
   *
   * @param reports packets of the peer that called it missing and acknowledged something that was
   *     sent after its latest copy
   * @param lastSentAtNanos when its latest copy left
   * @param rtt what is known of the path
   * @return a time, which may have passed already, or {@link Connection#NEVER} without evidence
   */
  long lostAtNanos(int reports, long lastSentAtNanos, RttEstimator rtt);

  /** A packet that was reported missing had only been overtaken. */
  void onReordered();

  /** A packet that was taken for lost had only been overtaken. */
  void onNeedless();

  /** Packets were found lost that left after the latest loss was found. */
  void onEpisode();
}
