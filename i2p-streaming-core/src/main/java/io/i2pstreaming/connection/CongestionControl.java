package io.i2pstreaming.connection;

/**
 * How many packets may be in flight. One instance per connection, told of every event that matters.
 */
public interface CongestionControl {
  /** Packets that may be unacknowledged at once; at least 1. */
  int windowPackets();

  /** {@code packets} left for the first time or again. */
  void onSent(long nowNanos, int packets, int inFlightPackets);

  /**
   * {@code packets} were newly acknowledged.
   *
   * @param windowLimited whether the window, not the application, limited the sender
   */
  void onAcked(long nowNanos, int packets, long smoothedRttNanos, boolean windowLimited);

  /**
   * Packets were found lost. Told once per loss episode: not again until what was in flight at that
   * moment is acknowledged.
   */
  void onLossEpisode(long nowNanos, int inFlightPackets);

  /** The retransmission timer fired without an acknowledgement. */
  void onTimeout(long nowNanos, int inFlightPackets);
}
