package io.i2pstreaming.facade;

import io.i2pstreaming.connection.CloseReason;

/** What streams tell their manager. Called on the loop thread; must not block. */
public interface StreamEvents {
  /** One unambiguous round-trip sample, in nanoseconds, and what follows from it. */
  void rttSample(long nanos, long rtoNanos, int windowPackets);

  /** A handshake completed. */
  void opened(StreamEnd stream);

  /** An opened stream ended. */
  void closed(StreamEnd stream, CloseReason reason, long lifetimeNanos);

  /** A dial ended before its handshake completed. */
  void connectFailed(StreamEnd stream, CloseReason reason, String detail);
}
