package net.i2p.client.streaming.impl;

import io.i2pstreaming.verification.golden.PacketSample;
import io.i2pstreaming.wire.PacketFlags;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Properties;
import net.i2p.I2PAppContext;
import net.i2p.client.I2PSession;
import net.i2p.data.ByteArray;
import net.i2p.util.FileUtil;

/**
 * Writes and reads packets with the reference library, whose packet classes only its own package
 * may use.
 */
public final class ReferenceCodec {
  private ReferenceCodec() {}

  /** The reference's context, with a folder of its own: it writes logs and seeds. */
  static I2PAppContext context() {
    return Holder.CONTEXT;
  }

  /** Writes the packet as the reference does when {@code sender} sends it. */
  public static byte[] write(PacketSample sample, ReferenceIdentity sender) {
    I2PSession session = sender.session();
    PacketLocal packet = new PacketLocal(context(), null, session);
    packet.setSendStreamId(Integer.toUnsignedLong(sample.sendStreamId));
    packet.setReceiveStreamId(Integer.toUnsignedLong(sample.receiveStreamId));
    packet.setSequenceNum(sample.sequence);
    packet.setAckThrough(sample.ackThrough);
    long[] words = sample.nackWords();
    if (words.length > 0) {
      packet.setNacks(words);
    }
    packet.setResendDelay(sample.resendDelaySeconds);
    for (int bit = 0; bit < 12; bit++) {
      if ((sample.flags & (1 << bit)) != 0) {
        packet.setFlag(1 << bit);
      }
    }
    if (sample.delayMillis >= 0) {
      packet.setFlag(PacketFlags.DELAY_REQUESTED);
      packet.setOptionalDelay(sample.delayMillis);
    }
    if (sample.from) {
      packet.setOptionalFrom();
    }
    if (sample.maxPacketSize > 0) {
      packet.setFlag(PacketFlags.MAX_PACKET_SIZE_INCLUDED);
      packet.setOptionalMaxSize(sample.maxPacketSize);
    }
    packet.setPayload(new ByteArray(sample.payload()));
    byte[] buffer = new byte[40_000];
    int length =
        sample.signed ? packet.writeSignedPacket(buffer, 0) : packet.writePacket(buffer, 0);
    return Arrays.copyOf(buffer, length);
  }

  /** What the reference makes of the bytes. */
  public static ReadPacket read(byte[] bytes) {
    Packet packet = new Packet(null);
    packet.readPacket(bytes, 0, bytes.length);
    return new ReadPacket(packet);
  }

  /** A packet that the reference has read. */
  public static final class ReadPacket {
    private final Packet packet;

    private ReadPacket(Packet packet) {
      this.packet = packet;
    }

    /** Every field that {@code sample} sets, compared one by one; empty when all agree. */
    public String differenceFrom(PacketSample sample, ReferenceIdentity sender) {
      StringBuilder text = new StringBuilder();
      compare(
          text, "send id", Integer.toUnsignedLong(sample.sendStreamId), packet.getSendStreamId());
      compare(
          text,
          "receive id",
          Integer.toUnsignedLong(sample.receiveStreamId),
          packet.getReceiveStreamId());
      compare(text, "sequence", sample.sequence, packet.getSequenceNum());
      // The reference does not tell the number when it means nothing.
      boolean acks = (sample.flags & PacketFlags.NO_ACK) == 0;
      compare(text, "ack", acks ? sample.ackThrough : -1, packet.getAckThrough());
      compare(text, "resend delay", sample.resendDelaySeconds, packet.getResendDelay());
      long[] nacks = packet.getNacks() == null ? new long[0] : packet.getNacks();
      compare(text, "nacks", Arrays.toString(sample.nackWords()), Arrays.toString(nacks));
      for (int bit = 0; bit < 12; bit++) {
        boolean expected = (sample.allFlags(sender.isOffline()) & (1 << bit)) != 0;
        compare(text, "flag " + bit, expected, packet.isFlagSet(1 << bit));
      }
      if (sample.delayMillis >= 0) {
        compare(text, "delay", sample.delayMillis, packet.getOptionalDelay());
      }
      if (sample.maxPacketSize > 0) {
        compare(text, "max size", sample.maxPacketSize, packet.getOptionalMaxSize());
      }
      if (sample.from) {
        byte[] from = packet.getOptionalFrom().toByteArray();
        compare(text, "from", Arrays.toString(sender.destination()), Arrays.toString(from));
      }
      ByteArray payload = packet.getPayload();
      byte[] read =
          Arrays.copyOfRange(
              payload.getData(), payload.getOffset(), payload.getOffset() + payload.getValid());
      compare(text, "payload", Arrays.toString(sample.payload()), Arrays.toString(read));
      return text.toString();
    }

    /** Whether the reference takes the signature for {@code sender}'s. */
    public boolean verifies(ReferenceIdentity sender) {
      return packet.verifySignature(
          context(), packet.getOptionalFrom() == null ? sender.verifyingKey() : null, null);
    }

    private static void compare(StringBuilder text, String what, Object expected, Object actual) {
      if (!expected.toString().equals(actual.toString())) {
        text.append(what).append(": ").append(expected).append(" but read ").append(actual);
      }
    }
  }

  private static final class Holder {
    static final I2PAppContext CONTEXT = create();

    private static I2PAppContext create() {
      try {
        File folder = Files.createTempDirectory("reference-codec").toFile();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> FileUtil.rmdir(folder, false)));
        Properties properties = new Properties();
        for (String name : new String[] {"base", "config", "router", "pid", "log", "app", "temp"}) {
          properties.setProperty("i2p.dir." + name, folder.getPath());
        }
        return new I2PAppContext(properties);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
