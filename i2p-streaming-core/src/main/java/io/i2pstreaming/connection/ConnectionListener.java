package io.i2pstreaming.connection;

/**
 * What a connection tells its stream. Called inside the connection's inputs, on the thread that
 * drives it; implementations must not call back into the connection.
 */
public interface ConnectionListener {
  /** The handshake is complete in both directions' ids; data may flow. Called once, at most. */
  void connected();

  /** Acknowledgements released bytes of the source, so the application may write more. */
  default void writable() {}

  /** The sink has new bytes, or its end of stream. */
  default void readable() {}

  /**
   * One unambiguous round-trip sample (Karn's rule), and what follows from it.
   *
   * @param nanos the round trip
   * @param rtoNanos the retransmission timeout now
   * @param windowPackets the congestion window now
   */
  default void rttSample(long nanos, long rtoNanos, int windowPackets) {}

  /** The connection is over; nothing is told after this. Called once. */
  void closed(CloseReason reason);
}
