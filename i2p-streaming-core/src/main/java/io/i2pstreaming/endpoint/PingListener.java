package io.i2pstreaming.endpoint;

/** Hears the end of one ping. Called once, on the endpoint's thread. */
public interface PingListener {
  /** The pong came; {@code rttNanos} after the ping went out. */
  void pong(long rttNanos, byte[] payload);

  /** No pong came in time, or the session ended. */
  void timedOut();
}
