package io.i2pstreaming.connection;

/** Where a connection stands. */
public enum ConnectionState {
  /** Created; the initiator has not been opened. */
  NEW,
  /** Our SYN is out, no SYN-ACK yet. */
  SYN_SENT,
  /** The peer's SYN is in, our SYN-ACK is not acknowledged yet. */
  SYN_RECEIVED,
  /** Both ids known, both directions open. */
  OPEN,
  /** Our CLOSE is queued or sent; the peer may still send. */
  CLOSE_SENT,
  /** The peer's CLOSE is in; we may still send. */
  CLOSE_RECEIVED,
  /** Both closed; stays to acknowledge the peer's retransmissions. */
  TIME_WAIT,
  /** Over. */
  CLOSED
}
