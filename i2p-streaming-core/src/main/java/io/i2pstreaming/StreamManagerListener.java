package io.i2pstreaming;

/**
 * Hears what a manager does, for metrics and health. Called on the manager's thread: must not
 * block.
 */
public interface StreamManagerListener {
  /** The session's phase changed, or why it is what it is. */
  default void sessionChanged(SessionState state) {}

  /** One unambiguous round-trip sample of some stream, in nanoseconds. */
  default void rttSample(long nanos) {}

  /**
   * What follows from that sample: the stream's retransmission timeout, and how many packets it may
   * have in flight.
   */
  default void pathSample(long rtoNanos, int windowPackets) {}

  /** A handshake completed. */
  default void streamOpened(boolean incoming) {}

  /** An opened stream ended, {@code cleanly} or not, after {@code lifetimeNanos}. */
  default void streamClosed(boolean incoming, boolean cleanly, long lifetimeNanos) {}

  /** A dial failed. */
  default void connectFailed(StreamingException failure) {}
}
