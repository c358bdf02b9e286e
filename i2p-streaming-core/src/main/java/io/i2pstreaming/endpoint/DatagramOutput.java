package io.i2pstreaming.endpoint;

import io.i2pstreaming.connection.PacketKind;
import io.i2pstreaming.identity.Destination;

/** Takes the endpoint's packets towards the router. */
public interface DatagramOutput {
  /**
   * Sends one packet.
   *
   * @param nonce 0 to hear nothing, else the number by which its delivery status comes back
   * @return false when it cannot be sent now (no session); the packet then counts as lost
   */
  boolean send(
      Destination to,
      int fromPort,
      int toPort,
      byte[] packet,
      int offset,
      int length,
      PacketKind kind,
      long nonce,
      long lifetimeNanos);
}
