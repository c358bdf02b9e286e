package io.i2pstreaming.endpoint;

import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.SigningKeyType;
import io.i2pstreaming.wire.PacketFlags;
import io.i2pstreaming.wire.PacketWriter;
import java.security.SecureRandom;
import java.util.Arrays;

/** A peer that writes packets by hand, as another implementation would. */
final class Party {
  final DestinationKeys keys;

  private final byte[] scratch = new byte[4096];
  private final PacketWriter writer = new PacketWriter();

  Party(DestinationKeys keys) {
    this.keys = keys;
  }

  Party(SigningKeyType type) {
    this(DestinationKeys.generate(type, new SecureRandom()));
  }

  Party() {
    this(SigningKeyType.EDDSA_SHA512_ED25519);
  }

  Destination destination() {
    return keys.destination();
  }

  /** An initiator's SYN that names {@code to} against replay. */
  byte[] syn(Destination to, int streamId, byte... payload) {
    writer.begin(scratch, 0, streamId, 0, 0).nackHash(to.hash().bytes());
    writer.flags(1, PacketFlags.SYNCHRONIZE | PacketFlags.NO_ACK).from(destination().bytes());
    return signed(withOffline(writer.maxPacketSize(1730)), payload);
  }

  /** A SYN as older peers send it, which names nobody. */
  byte[] oldSyn(int streamId, byte... payload) {
    writer.begin(scratch, 0, streamId, 0, 0);
    writer.flags(1, PacketFlags.SYNCHRONIZE | PacketFlags.NO_ACK).from(destination().bytes());
    return signed(withOffline(writer.maxPacketSize(1730)), payload);
  }

  byte[] ping(int pingId, byte... payload) {
    writer.begin(scratch, pingId, 0, 0, 0).flags(0, PacketFlags.ECHO | PacketFlags.NO_ACK);
    return signed(writer.from(destination().bytes()), payload);
  }

  byte[] reset(int sendStreamId, int receiveStreamId) {
    writer.begin(scratch, sendStreamId, receiveStreamId, 0, 0).flags(0, PacketFlags.RESET);
    return signed(writer);
  }

  /** A RESET in the name of {@code from}, whoever that is. */
  byte[] resetFrom(int sendStreamId, int receiveStreamId, Destination from) {
    writer.begin(scratch, sendStreamId, receiveStreamId, 0, 0).flags(0, PacketFlags.RESET);
    return signed(writer.from(from.bytes()));
  }

  byte[] close(int sendStreamId, int receiveStreamId, long sequence) {
    writer.begin(scratch, sendStreamId, receiveStreamId, sequence, 0);
    return signed(writer.flags(1, PacketFlags.CLOSE | PacketFlags.NO_ACK));
  }

  /** A bare acknowledgement. */
  byte[] ack(int sendStreamId, int receiveStreamId, long ackThrough, long... nacks) {
    writer.begin(scratch, sendStreamId, receiveStreamId, 0, ackThrough);
    for (long nack : nacks) {
      writer.nack(nack);
    }
    writer.flags(1, 0).endOptions();
    return withPayload();
  }

  /** A pong as i2pd sends it: without a signature. */
  byte[] barePong(int pingId, byte... payload) {
    writer.begin(scratch, 0, pingId, 0, 0).flags(0, PacketFlags.ECHO).endOptions();
    return withPayload(payload);
  }

  /** Unsigned data. */
  byte[] data(int sendStreamId, int receiveStreamId, long sequence, byte... payload) {
    writer.begin(scratch, sendStreamId, receiveStreamId, sequence, 0);
    writer.flags(1, PacketFlags.NO_ACK).endOptions();
    return withPayload(payload);
  }

  private PacketWriter withOffline(PacketWriter packet) {
    return keys.offline() == null ? packet : packet.offline(keys.offline().toBytes());
  }

  private byte[] signed(PacketWriter packet, byte... payload) {
    packet.signature(keys.signingType().signatureLength()).endOptions();
    byte[] bytes = withPayload(payload);
    int at = packet.signatureOffset();
    keys.sign(bytes, 0, bytes.length, bytes, at);
    return bytes;
  }

  private byte[] withPayload(byte... payload) {
    System.arraycopy(payload, 0, scratch, writer.length(), payload.length);
    return Arrays.copyOf(scratch, writer.payload(payload.length));
  }
}
