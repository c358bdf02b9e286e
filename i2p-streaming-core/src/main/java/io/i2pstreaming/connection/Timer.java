package io.i2pstreaming.connection;

/** The timers of one connection, in the order in which they are served when several are due. */
enum Timer {
  /** The handshake took too long. */
  CONNECT,
  /** The first packet waited long enough for data to carry. */
  SYN_HOLD,
  /** The oldest packet in flight was not acknowledged in time. */
  RETRANSMIT,
  /** A reported hole is old enough to be a loss and not a reordering. */
  LOSS,
  /** A burst has left; what follows waited long enough. */
  PACE,
  /** A small tail of data waited long enough for more. */
  FLUSH,
  /** While choked: time to probe whether the peer still is. */
  PERSIST,
  /** After the end of our choke: time to tell the peer again. */
  UNCHOKE,
  /** Nothing was sent or received for long. */
  INACTIVITY,
  /** We closed both ways and the peer's CLOSE does not come. */
  LINGER
}
