package io.i2pstreaming.connection;

/** What matters more to a stream, {@code i2p.streaming.profile}. */
public enum StreamProfile {
  /** Throughput: small writes wait a moment for more, acks are few, bursts are spread. */
  BULK,

  /** Latency: every write leaves at once, and every second packet is acknowledged. */
  INTERACTIVE
}
