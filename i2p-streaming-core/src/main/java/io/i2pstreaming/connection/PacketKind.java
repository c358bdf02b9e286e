package io.i2pstreaming.connection;

/**
 * What a packet is for, so that the layer that carries it can choose expiration, status and lease
 * set.
 */
public enum PacketKind {
  /** The initiator's first packet: wants a delivery status and our lease set bundled. */
  SYN,
  /** The responder's first packet. */
  SYN_ACK,
  /** A numbered packet with payload, or an empty keep-alive. */
  DATA,
  /** A bare acknowledgement. */
  ACK,
  /** A numbered packet that ends our side. */
  CLOSE,
  /** Ends the connection at once. */
  RESET,
  /** Echo request: wants our lease set bundled. */
  PING,
  /** Echo reply. */
  PONG
}
