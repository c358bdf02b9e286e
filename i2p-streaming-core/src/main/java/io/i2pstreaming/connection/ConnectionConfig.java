package io.i2pstreaming.connection;

/**
 * The numbers one connection works with. Already validated; times in nanoseconds, windows in
 * packets, sizes in bytes of payload.
 *
 * @param initialWindowPackets congestion window of a new connection
 * @param maxWindowPackets most packets between the lowest unacknowledged and the highest sent
 * @param maxMessageSize largest payload we send and announce
 * @param initialRtoNanos retransmission timeout before the first sample (so, of the first SYN)
 * @param initialAckDelayNanos longest time an acknowledgement may wait
 * @param initialResendDelaySeconds the header's resend-delay byte
 * @param connectTimeoutNanos longest time from SYN to SYN-ACK; 0 is unlimited
 * @param connectDelayNanos how long the SYN may wait for data to carry; 0 sends it at once
 * @param maxResends a packet sent this often again without an ack ends the connection
 * @param inactivityTimeoutNanos idle time before the action; 0 is never
 * @param inactivityAction what happens then
 * @param receiveBudgetBytes unread and out-of-order bytes that may be held
 * @param congestionAlgorithm which {@link CongestionControl} to use
 * @param profile what matters more, throughput or latency
 */
public record ConnectionConfig(
    int initialWindowPackets,
    int maxWindowPackets,
    int maxMessageSize,
    long initialRtoNanos,
    long initialAckDelayNanos,
    int initialResendDelaySeconds,
    long connectTimeoutNanos,
    long connectDelayNanos,
    int maxResends,
    long inactivityTimeoutNanos,
    InactivityAction inactivityAction,
    int receiveBudgetBytes,
    CongestionAlgorithm congestionAlgorithm,
    StreamProfile profile) {
  /** A bulk stream. */
  public ConnectionConfig(
      int initialWindowPackets,
      int maxWindowPackets,
      int maxMessageSize,
      long initialRtoNanos,
      long initialAckDelayNanos,
      int initialResendDelaySeconds,
      long connectTimeoutNanos,
      long connectDelayNanos,
      int maxResends,
      long inactivityTimeoutNanos,
      InactivityAction inactivityAction,
      int receiveBudgetBytes,
      CongestionAlgorithm congestionAlgorithm) {
    this(
        initialWindowPackets,
        maxWindowPackets,
        maxMessageSize,
        initialRtoNanos,
        initialAckDelayNanos,
        initialResendDelaySeconds,
        connectTimeoutNanos,
        connectDelayNanos,
        maxResends,
        inactivityTimeoutNanos,
        inactivityAction,
        receiveBudgetBytes,
        congestionAlgorithm,
        StreamProfile.BULK);
  }

  /** The same with another profile. */
  public ConnectionConfig withProfile(StreamProfile changed) {
    return new ConnectionConfig(
        initialWindowPackets,
        maxWindowPackets,
        maxMessageSize,
        initialRtoNanos,
        initialAckDelayNanos,
        initialResendDelaySeconds,
        connectTimeoutNanos,
        connectDelayNanos,
        maxResends,
        inactivityTimeoutNanos,
        inactivityAction,
        receiveBudgetBytes,
        congestionAlgorithm,
        changed);
  }
}
