package io.i2pstreaming.verification.fuzz;

import io.i2pstreaming.connection.PacketAuth;
import io.i2pstreaming.wire.PacketView;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Signatures that cost nothing: a checksum under a party's number. A fuzzer cannot afford real
 * ones, and must not guess these by accident.
 */
record ChecksumAuth(int self, int peer) implements PacketAuth {
  private static final int SIGNATURE_LENGTH = 64;
  private static final int DESTINATION_LENGTH = 391;

  private static byte[] destination(int party) {
    byte[] bytes = new byte[DESTINATION_LENGTH];
    Arrays.fill(bytes, (byte) (0x40 + party));
    bytes[384] = 5;
    bytes[385] = 0;
    bytes[386] = 4;
    bytes[387] = 0;
    bytes[388] = 7;
    return bytes;
  }

  @Override
  public byte[] localDestination() {
    return destination(self);
  }

  @Override
  public byte[] remoteHash() {
    byte[] hash = new byte[32];
    Arrays.fill(hash, (byte) (0x60 + peer));
    return hash;
  }

  @Override
  public byte @Nullable [] offlineBlock() {
    return null;
  }

  @Override
  public int signatureLength() {
    return SIGNATURE_LENGTH;
  }

  @Override
  public boolean canSign(long nowNanos) {
    return true;
  }

  @Override
  public void sign(byte[] packet, int offset, int length, int signatureOffset) {
    byte[] covered = Arrays.copyOfRange(packet, offset, offset + length);
    System.arraycopy(signature(covered, self), 0, packet, signatureOffset, SIGNATURE_LENGTH);
  }

  @Override
  public boolean verify(long nowNanos, PacketView packet) {
    if (packet.signatureLength() != SIGNATURE_LENGTH) {
      return false;
    }
    byte[] bytes = packet.buffer();
    int from = packet.fromOffset();
    if (packet.fromLength() > 0
        && !Arrays.equals(
            bytes, from, from + packet.fromLength(), destination(peer), 0, DESTINATION_LENGTH)) {
      return false;
    }
    byte[] covered = Arrays.copyOfRange(bytes, packet.offset(), packet.offset() + packet.length());
    int at = packet.signatureOffset() - packet.offset();
    byte[] signature = Arrays.copyOfRange(covered, at, at + SIGNATURE_LENGTH);
    Arrays.fill(covered, at, at + SIGNATURE_LENGTH, (byte) 0);
    return Arrays.equals(signature, signature(covered, peer));
  }

  private static byte[] signature(byte[] covered, int party) {
    long sum = 0x9e3779b97f4a7c15L * (party + 1);
    for (byte value : covered) {
      sum = (sum ^ value) * 0x100000001b3L;
      sum ^= sum >>> 29;
    }
    byte[] signature = new byte[SIGNATURE_LENGTH];
    for (int i = 0; i < SIGNATURE_LENGTH; i++) {
      signature[i] = (byte) (sum >>> (8 * (i & 7)));
    }
    return signature;
  }
}
