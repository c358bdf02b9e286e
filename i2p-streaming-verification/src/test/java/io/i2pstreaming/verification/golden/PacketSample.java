package io.i2pstreaming.verification.golden;

import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.wire.PacketFlags;
import io.i2pstreaming.wire.PacketWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** One packet as plain numbers, which both implementations can write. */
public final class PacketSample {
  private static final int SYN = PacketFlags.SYNCHRONIZE;
  private static final int NO_ACK = PacketFlags.NO_ACK;

  /** A name for messages and for the frozen bytes. */
  public final String name;

  /** Flags without option flags. */
  public final int flags;

  // The header's and the options' numbers; −1 or 0 for an option that is left out.
  public int sendStreamId = 0x1a2b3c4d;
  public int receiveStreamId = 0xf5e6d7c8;
  public long sequence;
  public long ackThrough;
  public int resendDelaySeconds;
  public int delayMillis = -1;
  public boolean from;
  public int maxPacketSize;
  public boolean signed;

  private long[] nacks = new long[0];
  private int payloadLength;

  private PacketSample(String name, int flags) {
    this.name = name;
    this.flags = flags;
  }

  /** Every kind of packet that streams are made of; {@code hash} goes into SYNs. */
  public static List<PacketSample> everyKind(byte[] hash) {
    List<PacketSample> samples = new ArrayList<>();
    samples.addAll(acksAndData());
    samples.addAll(openings(hash));
    samples.addAll(endings());
    samples.addAll(echoes());
    return samples;
  }

  private static List<PacketSample> acksAndData() {
    return List.of(
        sample("ack", 0).ack(77),
        sample("ack of the highest number", 0).ack(0xffffffffL),
        sample("ack that asks for an ack now", 0).ack(77).delay(0),
        sample("ack with a delay", 0).ack(77).delay(500),
        sample("ack with the longest delay", 0).ack(77).delay(60_000),
        sample("ack that chokes", 0).ack(77).delay(60_010),
        sample("ack with one NACK", 0).ack(9).nacks(8),
        sample("ack with eight NACKs", 0).ack(90).nacks(1, 2, 3, 5, 8, 13, 21, 34),
        sample("ack with 255 NACKs", 0).ack(1_000).nacks(LongStream.range(700, 955).toArray()),
        sample("data of one byte", 0).number(1).ack(0).payload(1),
        sample("data of 1730 bytes", 0).number(2).ack(5).payload(1_730),
        sample("data of 1812 bytes", 0).number(3).ack(5).payload(1_812),
        sample("data that asks for an ack now", 0).number(4).ack(5).delay(0).payload(1_000),
        sample("data with NACKs", 0).number(0xfffffffeL).ack(50).nacks(40, 41).payload(300),
        sample("early data", NO_ACK).ids(0, 99).number(1).payload(700));
  }

  private static List<PacketSample> openings(byte[] hash) {
    return List.of(
        sample("SYN", SYN | NO_ACK).ids(0, 99).hash(hash).opening(1_730),
        sample("SYN with a delay", SYN | NO_ACK).ids(0, 99).hash(hash).delay(500).opening(1_812),
        sample("SYN with data", SYN | NO_ACK).ids(0, 99).hash(hash).opening(1_730).payload(1_730),
        sample("SYN of an old peer", SYN | NO_ACK).ids(0, 99).opening(1_730).payload(10),
        sample("SYN that closes", SYN | NO_ACK | PacketFlags.CLOSE)
            .ids(0, 99)
            .hash(hash)
            .opening(1_730)
            .payload(64),
        sample("SYN-ACK", SYN).opening(1_730),
        sample("SYN-ACK with data", SYN).delay(0).opening(1_812).payload(1_500),
        sample("SYN-ACK that closes", SYN | PacketFlags.CLOSE).opening(1_730).payload(120));
  }

  private static List<PacketSample> endings() {
    return List.of(
        sample("CLOSE", PacketFlags.CLOSE).number(12).ack(20).signed(),
        sample("CLOSE with data and NACKs", PacketFlags.CLOSE)
            .number(12)
            .ack(20)
            .nacks(18, 19)
            .delay(0)
            .signed()
            .payload(512),
        sample("CLOSE with FROM", PacketFlags.CLOSE).number(12).ack(20).from().signed(),
        sample("RESET", PacketFlags.RESET).signed(),
        sample("RESET with FROM", PacketFlags.RESET).from().signed(),
        sample("RESET without an id of its sender", PacketFlags.RESET).ids(55, 0).from().signed());
  }

  private static List<PacketSample> echoes() {
    return List.of(
        sample("ping", PacketFlags.ECHO).ids(4_321, 0).from().signed(),
        sample("ping with a payload", PacketFlags.ECHO).ids(4_321, 0).from().signed().payload(32),
        sample("pong", PacketFlags.ECHO).ids(0, 4_321).signed(),
        sample("pong without a signature", PacketFlags.ECHO).ids(0, 4_321).payload(32));
  }

  static PacketSample sample(String name, int flags) {
    return new PacketSample(name, flags);
  }

  /** An initiator's SYN for the destination with this hash. */
  static PacketSample syn(byte[] hash) {
    return openings(hash).get(0);
  }

  PacketSample ids(int send, int receive) {
    sendStreamId = send;
    receiveStreamId = receive;
    return this;
  }

  PacketSample number(long sequence) {
    this.sequence = sequence;
    resendDelaySeconds = 1;
    return this;
  }

  PacketSample ack(long ackThrough) {
    this.ackThrough = ackThrough;
    return this;
  }

  PacketSample nacks(long... nacks) {
    this.nacks = nacks;
    return this;
  }

  PacketSample hash(byte[] hash) {
    nacks = new long[8];
    for (int i = 0; i < hash.length; i++) {
      nacks[i / 4] = (nacks[i / 4] << 8) | (hash[i] & 0xff);
    }
    return this;
  }

  PacketSample delay(int millis) {
    delayMillis = millis;
    return this;
  }

  PacketSample from() {
    from = true;
    return this;
  }

  PacketSample opening(int maxPacketSize) {
    this.maxPacketSize = maxPacketSize;
    resendDelaySeconds = 9;
    return from().signed();
  }

  PacketSample signed() {
    signed = true;
    return this;
  }

  PacketSample payload(int length) {
    payloadLength = length;
    return this;
  }

  /** The NACKs, or the words of the hash in their place. */
  public long[] nackWords() {
    return nacks.clone();
  }

  /** The payload: a pattern in which no two places near each other agree. */
  public byte[] payload() {
    byte[] payload = new byte[payloadLength];
    for (int i = 0; i < payloadLength; i++) {
      payload[i] = (byte) (i * 7 + (i >>> 8));
    }
    return payload;
  }

  /** All flags, when {@code offline} says whether a transient key signs. */
  public int allFlags(boolean offline) {
    return flags
        | (delayMillis >= 0 ? PacketFlags.DELAY_REQUESTED : 0)
        | (from ? PacketFlags.FROM_INCLUDED : 0)
        | (maxPacketSize > 0 ? PacketFlags.MAX_PACKET_SIZE_INCLUDED : 0)
        | (from && offline ? PacketFlags.OFFLINE_SIGNATURE : 0)
        | (signed ? PacketFlags.SIGNATURE_INCLUDED : 0);
  }

  /** Writes it with our writer. */
  byte[] write(DestinationKeys keys) {
    byte[] buffer = new byte[8_192];
    PacketWriter writer = new PacketWriter();
    writer.begin(buffer, sendStreamId, receiveStreamId, sequence, ackThrough);
    for (long nack : nacks) {
      writer.nack(nack);
    }
    writer.flags(resendDelaySeconds, flags);
    if (delayMillis >= 0) {
      writer.delay(delayMillis);
    }
    if (from) {
      writer.from(keys.destination().bytes());
    }
    if (maxPacketSize > 0) {
      writer.maxPacketSize(maxPacketSize);
    }
    if (from && keys.offline() != null) {
      writer.offline(keys.offline().toBytes());
    }
    if (signed) {
      writer.signature(keys.signingType().signatureLength());
    }
    writer.endOptions();
    byte[] payload = payload();
    System.arraycopy(payload, 0, buffer, writer.length(), payload.length);
    int length = writer.payload(payload.length);
    if (signed) {
      keys.sign(buffer, 0, length, buffer, writer.signatureOffset());
    }
    return Arrays.copyOf(buffer, length);
  }

  @Override
  public String toString() {
    return name;
  }
}
