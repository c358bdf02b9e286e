package io.i2pstreaming.verification.simulation;

import io.i2pstreaming.embedded.NetworkConditions;
import io.i2pstreaming.identity.Destination;

/** What carries packets from host to host: a bare network, or a router with its clients. */
interface Carrier {
  /**
   * What became of a packet that was just sent, as far as the sender's side of the network goes.
   */
  enum Fate {
    UNDER_WAY,
    LOST,
    OVERFLOWED
  }

  /** Takes one packet of {@code from}; nonce 0 asks for no status. */
  Fate send(
      long now,
      Host from,
      Destination to,
      int fromPort,
      int toPort,
      byte[] packet,
      int offset,
      int length,
      long nonce,
      long lifetimeNanos);

  long nextDeadline();

  /** Lets happen what is due: packets and statuses go to the hosts. */
  void advance(long now);

  /** Whether nothing is on its way any more. */
  boolean isQuiet();

  /** A host's session ended and is made anew. */
  void reconnect(long now, Host host);

  void conditions(long now, NetworkConditions conditions);

  /** Messages that were damaged on their way. */
  long corrupted();
}
