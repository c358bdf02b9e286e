package io.i2pstreaming.connection;

import io.i2pstreaming.wire.PacketView;

/**
 * Habits of other implementations that a first packet gives away. For tuning only: a wrong guess
 * costs time, never bytes.
 */
final class PeerQuirks {
  /** i2pd writes its initial timeout of 9 seconds into SYN and SYN-ACK; Java always 1. */
  private static final int I2PD_RESEND_DELAY_SECONDS = 9;

  private PeerQuirks() {}

  /** Whether the peer judges by the age of a packet, not by how often it is reported missing. */
  static boolean findsLossesByTime(PacketView firstPacket) {
    return isI2pd(firstPacket);
  }

  /**
   * Whether the peer forgets the stream as soon as our CLOSE arrives (i2pd): then CLOSE must not
   * leave before all data is acknowledged, or the last acknowledgement may never come.
   */
  static boolean forgetsOnClose(PacketView firstPacket) {
    return isI2pd(firstPacket);
  }

  private static boolean isI2pd(PacketView firstPacket) {
    return firstPacket.resendDelaySeconds() == I2PD_RESEND_DELAY_SECONDS;
  }
}
