package io.i2pstreaming.connection;

/**
 * Figures of one connection at one moment. Times in nanoseconds, −1 when there is no sample yet.
 *
 * @param state where it stands
 * @param smoothedRttNanos smoothed round-trip time
 * @param rttVarianceNanos its mean deviation
 * @param minRttNanos the smallest sample
 * @param rtoNanos the retransmission timeout now
 * @param windowPackets the congestion window
 * @param inFlightPackets sent and not acknowledged
 * @param packetsSent packets emitted, of every kind
 * @param packetsReceived packets taken in
 * @param timeoutRetransmissions packets sent again because a timer fired
 * @param fastRetransmissions packets sent again because of NACKs
 * @param duplicatesReceived numbered packets that had arrived before
 * @param bytesSent payload bytes sent, first transmissions only
 * @param bytesAcknowledged payload bytes the peer has
 * @param bytesReceived payload bytes delivered in order
 * @param chokesSent times we began to ask the peer to stop
 * @param chokesReceived times the peer began to ask us to stop
 */
public record ConnectionStats(
    ConnectionState state,
    long smoothedRttNanos,
    long rttVarianceNanos,
    long minRttNanos,
    long rtoNanos,
    int windowPackets,
    int inFlightPackets,
    long packetsSent,
    long packetsReceived,
    long timeoutRetransmissions,
    long fastRetransmissions,
    long duplicatesReceived,
    long bytesSent,
    long bytesAcknowledged,
    long bytesReceived,
    long chokesSent,
    long chokesReceived) {
  /** No figures, but where it stands. */
  static ConnectionStats of(ConnectionState state) {
    return new ConnectionStats(state, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }
}
