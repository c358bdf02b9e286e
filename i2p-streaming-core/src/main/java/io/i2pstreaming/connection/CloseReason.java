package io.i2pstreaming.connection;

/** Why a connection ended; what the application is told. */
public enum CloseReason {
  /**
   * Both sides closed and every byte was acknowledged; or we did, nobody reads here any more, and
   * the peer's own CLOSE did not come in time.
   */
  CLEAN,
  /** The peer never answered our SYN in time. */
  CONNECT_TIMEOUT,
  /** The peer answered our SYN with RESET. */
  REFUSED,
  /** The router reported that the destination cannot be reached (no lease set, unknown, …). */
  UNREACHABLE,
  /** The peer sent RESET. */
  RESET_BY_PEER,
  /** The application reset or abandoned the stream. */
  RESET_LOCALLY,
  /** A packet was sent too often, or for too long, without being acknowledged. */
  PEER_GONE,
  /** Nothing was heard for the inactivity timeout and the action is disconnect. */
  INACTIVE,
  /** The session with the router ended. */
  ROUTER_LOST,
  /** The local manager was closed. */
  MANAGER_CLOSED,
  /** As many streams are open as this side's own limit allows. */
  TOO_MANY_STREAMS,
  /** The signing key may sign no more, or sequence numbers ran out. */
  EXHAUSTED
}
