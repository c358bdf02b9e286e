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
  /** Our CLOSE is sent; the peer may still send. */
  CLOSE_SENT,
  /** The peer's CLOSE is in; we may still send. */
  CLOSE_RECEIVED,
  /** Both closed; our CLOSE is not acknowledged yet. */
  CLOSING,
  /** The stream is over; stays to answer the peer's retransmissions. */
  TIME_WAIT,
  /** Over. */
  CLOSED;

  /** Whether this state may be followed by {@code next}. */
  boolean mayBecome(ConnectionState next) {
    if (next == CLOSED) {
      return this != CLOSED;
    }
    return switch (this) {
      case NEW -> next == SYN_SENT || next == SYN_RECEIVED;
      case SYN_SENT -> next == OPEN;
      case SYN_RECEIVED -> next == OPEN || next == TIME_WAIT;
      case OPEN ->
          next == CLOSE_SENT || next == CLOSE_RECEIVED || next == CLOSING || next == TIME_WAIT;
      case CLOSE_SENT, CLOSE_RECEIVED -> next == CLOSING || next == TIME_WAIT;
      case CLOSING -> next == TIME_WAIT;
      case TIME_WAIT, CLOSED -> false;
    };
  }

  /** Whether data and acknowledgements flow: the handshake is over and the stream is not. */
  boolean isEstablished() {
    return this == OPEN || this == CLOSE_SENT || this == CLOSE_RECEIVED || this == CLOSING;
  }
}
