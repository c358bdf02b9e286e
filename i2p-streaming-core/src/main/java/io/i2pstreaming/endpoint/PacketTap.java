package io.i2pstreaming.endpoint;

import io.i2pstreaming.wire.PacketView;

/** Sees every well-formed packet of an endpoint pass by, for traces. Changes nothing. */
public interface PacketTap {
  /**
   * A packet leaves, or has arrived and is about to be looked at. Loop thread; must not wait.
   *
   * @param now as the endpoint was told
   * @param localPort our I2P port
   * @param remotePort the peer's I2P port
   * @param packet lent for this call only
   */
  void packet(long now, boolean outbound, int localPort, int remotePort, PacketView packet);

  /** Called once: it will see no packet any more, because the loop ends. May wait shortly. */
  void ended();
}
