package io.i2pstreaming.connection;

import io.i2pstreaming.wire.PacketView;
import java.util.Arrays;

/**
 * Signatures without cryptography: a checksum that only the holder of a party's number can make.
 * Forged and altered packets fail as with real keys, at no cost.
 */
final class FakeAuth implements PacketAuth {
  private static final int SIGNATURE_LENGTH = 64;

  private final int self;
  private final int peer;
  boolean mayStillSign = true;

  FakeAuth(int self, int peer) {
    this.self = self;
    this.peer = peer;
  }

  static byte[] destination(int party) {
    byte[] bytes = new byte[391];
    Arrays.fill(bytes, (byte) party);
    bytes[384] = 5;
    bytes[385] = 0;
    bytes[386] = 4;
    bytes[387] = 0;
    bytes[388] = 7;
    return bytes;
  }

  static byte[] hash(int party) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) (party + 100));
    return bytes;
  }

  @Override
  public byte[] localDestination() {
    return destination(self);
  }

  @Override
  public byte[] remoteHash() {
    return hash(peer);
  }

  @Override
  public byte[] offlineBlock() {
    return null;
  }

  @Override
  public int signatureLength() {
    return SIGNATURE_LENGTH;
  }

  @Override
  public boolean canSign(long nowNanos) {
    return mayStillSign;
  }

  @Override
  public void sign(byte[] packet, int offset, int length, int signatureOffset) {
    fill(packet, signatureOffset, sum(packet, offset, length, self));
  }

  @Override
  public boolean verify(long nowNanos, PacketView packet) {
    if (packet.signatureLength() != SIGNATURE_LENGTH) {
      return false;
    }
    if (packet.fromLength() > 0) {
      byte[] from =
          Arrays.copyOfRange(
              packet.buffer(), packet.fromOffset(), packet.fromOffset() + packet.fromLength());
      if (!Arrays.equals(from, destination(peer))) {
        return false;
      }
    }
    byte[] copy =
        Arrays.copyOfRange(packet.buffer(), packet.offset(), packet.offset() + packet.length());
    int at = packet.signatureOffset() - packet.offset();
    byte[] signature = Arrays.copyOfRange(copy, at, at + SIGNATURE_LENGTH);
    Arrays.fill(copy, at, at + SIGNATURE_LENGTH, (byte) 0);
    byte[] expected = new byte[SIGNATURE_LENGTH];
    fill(expected, 0, sum(copy, 0, copy.length, peer));
    return Arrays.equals(signature, expected);
  }

  private static long sum(byte[] bytes, int offset, int length, int party) {
    long hash = 0x9e3779b97f4a7c15L * (party + 1);
    for (int i = offset; i < offset + length; i++) {
      hash = (hash ^ bytes[i]) * 0x100000001b3L;
    }
    return hash;
  }

  private static void fill(byte[] target, int offset, long value) {
    for (int i = 0; i < SIGNATURE_LENGTH; i++) {
      target[offset + i] = (byte) (value >>> (8 * (i % 8)));
    }
  }
}
