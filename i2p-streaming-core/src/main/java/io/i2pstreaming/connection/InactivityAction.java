package io.i2pstreaming.connection;

/** What to do when nothing was sent or received for the inactivity timeout. */
public enum InactivityAction {
  /** Nothing. */
  NONE,
  /** End the connection. */
  DISCONNECT,
  /** Send an empty numbered packet, which the peer must acknowledge. */
  SEND
}
