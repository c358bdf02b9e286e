package io.i2pstreaming.connection;

import io.i2pstreaming.wire.PacketFlags;
import io.i2pstreaming.wire.PacketWriter;
import java.util.Arrays;

/** Writes packets that no connection of ours would: signed by anyone, with any numbers. */
final class Forger {
  private Forger() {}

  static byte[] reset(int signer, int sendStreamId, int receiveStreamId, long sequence) {
    return signed(signer, sendStreamId, receiveStreamId, sequence, PacketFlags.RESET);
  }

  static byte[] close(int signer, int sendStreamId, int receiveStreamId, long sequence) {
    return signed(signer, sendStreamId, receiveStreamId, sequence, PacketFlags.CLOSE);
  }

  static byte[] syn(int signer, int sendStreamId, int receiveStreamId, long sequence) {
    return signed(signer, sendStreamId, receiveStreamId, sequence, PacketFlags.SYNCHRONIZE);
  }

  private static byte[] signed(
      int signer, int sendStreamId, int receiveStreamId, long sequence, int flags) {
    byte[] packet = new byte[200];
    FakeAuth auth = new FakeAuth(signer, 0);
    PacketWriter writer =
        new PacketWriter().begin(packet, sendStreamId, receiveStreamId, sequence, 0);
    writer.flags(1, flags | PacketFlags.NO_ACK).signature(auth.signatureLength()).endOptions();
    int length = writer.payload(0);
    auth.sign(packet, 0, length, writer.signatureOffset());
    return Arrays.copyOf(packet, length);
  }

  static byte[] unsigned(int sendStreamId, int receiveStreamId, long sequence, int flags) {
    return data(sendStreamId, receiveStreamId, sequence, 0, flags | PacketFlags.NO_ACK, 0);
  }

  static byte[] data(
      int sendStreamId,
      int receiveStreamId,
      long sequence,
      long ackThrough,
      int flags,
      int payload,
      long... nacks) {
    byte[] packet = new byte[4096 + payload];
    PacketWriter writer =
        new PacketWriter().begin(packet, sendStreamId, receiveStreamId, sequence, ackThrough);
    for (long nack : nacks) {
      writer.nack(nack);
    }
    writer.flags(1, flags).endOptions();
    return Arrays.copyOf(packet, writer.payload(payload));
  }
}
