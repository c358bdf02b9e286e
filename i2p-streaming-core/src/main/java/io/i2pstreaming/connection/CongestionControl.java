package io.i2pstreaming.connection;

/**
 * How many packets may be in flight. One instance per connection, told of every event that matters.
 */
interface CongestionControl {
  /** Packets that may be unacknowledged at once; at least 1. */
  int windowPackets();

  /** A packet left, for the first time or again; {@code inFlightPackets} were in flight before. */
  void onSent(long nowNanos, int inFlightPackets, long rtoNanos);

  /**
   * {@code packets} were newly acknowledged.
   *
   * @param sampleNanos the round trip that the acknowledgement measured, or −1
   * @param windowLimited whether the window, not the application, limited the sender
   */
  void onAcked(
      long nowNanos, int packets, long sampleNanos, boolean windowLimited, RttEstimator rtt);

  /** {@code packets} were found lost, in a new episode or in the present one. */
  void onLost(int packets);

  /**
   * Packets were found lost. Told once per loss episode: not again until what was in flight at that
   * moment is acknowledged.
   */
  void onLossEpisode(long nowNanos, int inFlightPackets, RttEstimator rtt);

  /** What was taken for a loss episode or a timeout was none: all packets had arrived. */
  void onFalseAlarm();

  /** The retransmission timer fired without an acknowledgement; told once until progress. */
  void onTimeout(long nowNanos, int inFlightPackets, RttEstimator rtt);
}
