package io.i2pstreaming.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.identity.SigningKeyType;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A3 packet codec")
class PacketTest {
  private static final int ALL_OPTIONS =
      PacketFlags.DELAY_REQUESTED
          | PacketFlags.FROM_INCLUDED
          | PacketFlags.MAX_PACKET_SIZE_INCLUDED
          | PacketFlags.OFFLINE_SIGNATURE
          | PacketFlags.SIGNATURE_INCLUDED;

  private final byte[] buffer = new byte[4096];
  private final PacketWriter writer = new PacketWriter();
  private final PacketView view = new PacketView();

  @Test
  void writesAPlainAckByteForByte() {
    int length =
        writer
            .begin(buffer, 0x01020304, 0x05060708, 0, 0xfffffffeL)
            .nack(3)
            .nack(0x80000000L)
            .flags(1, 0)
            .endOptions()
            .payload(0);
    assertThat(HexFormat.of().formatHex(buffer, 0, length))
        .isEqualTo(
            "0102030405060708"
                + "00000000"
                + "fffffffe"
                + "02"
                + "00000003"
                + "80000000"
                + "01"
                + "0000"
                + "0000");
    assertThat(writer.signatureOffset()).isEqualTo(-1);
  }

  @Test
  void readsBackWhatItWrites() throws MalformedPacketException {
    Random random = new Random(5);
    for (int round = 0; round < 500; round++) {
      int nacks = round < 3 ? new int[] {0, 1, 255}[round] : random.nextInt(256);
      boolean delay = random.nextBoolean();
      boolean offline = random.nextInt(4) == 0;
      boolean from = offline || random.nextBoolean();
      boolean size = random.nextBoolean();
      boolean signed = random.nextBoolean();
      int payload = random.nextInt(1_813);
      byte[] destination = destination(7);
      byte[] offlineBlock = offlineBlock(7, 7);
      writer.begin(buffer, round, ~round, 0xffffffffL - round, 0x80000000L + round);
      for (int i = 0; i < nacks; i++) {
        writer.nack((0xfffffff0L + i) & 0xffffffffL);
      }
      writer.flags(round & 0xff, PacketFlags.ECHO);
      if (delay) {
        writer.delay(round == 7 ? 60_010 : round);
      }
      if (from) {
        writer.from(destination);
      }
      if (size) {
        writer.maxPacketSize(1_812);
      }
      if (offline) {
        writer.offline(offlineBlock);
      }
      if (signed) {
        Arrays.fill(buffer, writer.length(), writer.length() + 64, (byte) 0x55);
        writer.signature(64);
      }
      int payloadAt = writer.endOptions().length();
      int length = writer.payload(payload);

      byte[] shifted = new byte[length + 30];
      System.arraycopy(buffer, 0, shifted, 17, length);
      view.wrap(shifted, 17, length);
      assertThat(view.sendStreamId()).isEqualTo(round);
      assertThat(view.receiveStreamId()).isEqualTo(~round);
      assertThat(view.sequence()).isEqualTo(0xffffffffL - round);
      assertThat(view.ackThrough()).isEqualTo(0x80000000L + round);
      assertThat(view.nackCount()).isEqualTo(nacks);
      for (int i = 0; i < nacks; i++) {
        assertThat(view.nack(i)).isEqualTo((0xfffffff0L + i) & 0xffffffffL);
      }
      assertThat(view.nackOffset()).isEqualTo(17 + 17);
      assertThat(view.resendDelaySeconds()).isEqualTo(round & 0xff);
      assertThat(view.has(PacketFlags.ECHO)).isTrue();
      assertThat(view.has(PacketFlags.CLOSE)).isFalse();
      assertThat(view.delayMillis()).isEqualTo(delay ? round == 7 ? 60_010 : round : -1);
      assertThat(view.chokes()).isEqualTo(delay && round == 7);
      assertThat(view.fromLength()).isEqualTo(from ? destination.length : 0);
      if (from) {
        assertThat(part(view.fromOffset(), view.fromLength())).isEqualTo(destination);
      }
      assertThat(view.maxPacketSize()).isEqualTo(size ? 1_812 : -1);
      assertThat(view.offlineLength()).isEqualTo(offline ? offlineBlock.length : 0);
      if (offline) {
        assertThat(part(view.offlineOffset(), view.offlineLength())).isEqualTo(offlineBlock);
      }
      assertThat(view.signatureLength()).isEqualTo(signed ? 64 : 0);
      if (signed) {
        assertThat(view.signatureOffset()).isEqualTo(17 + writer.signatureOffset());
        assertThat(part(view.signatureOffset(), 64)).isEqualTo(new byte[64]);
      }
      assertThat(view.payloadOffset()).isEqualTo(17 + payloadAt);
      assertThat(view.payloadLength()).isEqualTo(payload);
      assertThat(view.length()).isEqualTo(length);
      assertThat(view.toString()).contains("payload " + payload).contains("ECHO");
    }
  }

  @Test
  @DisplayName("A11 the initiator's SYN carries a hash in place of NACKs")
  void writesAHashInPlaceOfNacks() throws MalformedPacketException {
    byte[] hash = new byte[32];
    new Random(6).nextBytes(hash);
    int length =
        writer
            .begin(buffer, 0, 9, 0, 0)
            .nackHash(hash)
            .flags(0, PacketFlags.SYNCHRONIZE | PacketFlags.NO_ACK)
            .endOptions()
            .payload(0);
    view.wrap(buffer, 0, length);
    assertThat(view.nackCount()).isEqualTo(8);
    assertThat(part(view.nackOffset(), 32)).isEqualTo(hash);
    assertThat(view.toString()).contains("SYN").doesNotContain("nacks").doesNotContain("ack ");
    assertThatIllegalArgumentException().isThrownBy(() -> writer.nackHash(new byte[31]));
  }

  @Test
  void refusesEveryTruncation() throws MalformedPacketException {
    int length = packetWithAllOptions(7, 7, 64, 100);
    int headerLength = length - 100;
    for (int cut = 0; cut < headerLength; cut++) {
      byte[] prefix = Arrays.copyOf(buffer, cut);
      assertThatThrownBy(() -> view.wrap(prefix, 0, prefix.length))
          .as("%d bytes", cut)
          .isInstanceOf(MalformedPacketException.class);
    }
    for (int cut = headerLength; cut <= length; cut++) {
      assertThat(view.wrap(Arrays.copyOf(buffer, cut), 0, cut).payloadLength())
          .isEqualTo(cut - headerLength);
    }
  }

  @Test
  void refusesOptionsThatDoNotFillTheirArea() {
    int length = packetWithAllOptions(7, 7, 0, 100);
    int sizeAt = 17 + 2 * 4 + 3;
    int size = ((buffer[sizeAt] & 0xff) << 8) | (buffer[sizeAt + 1] & 0xff);
    buffer[sizeAt - 1] &= (byte) ~PacketFlags.SIGNATURE_INCLUDED;
    for (int other = 0; other < 65_536; other++) {
      buffer[sizeAt] = (byte) (other >>> 8);
      buffer[sizeAt + 1] = (byte) other;
      if (other == size) {
        assertParses(length);
      } else {
        assertMalformed(length);
      }
    }
  }

  @Test
  void refusesNacksThatRunPastTheEnd() {
    int length = writer.begin(buffer, 1, 2, 3, 4).flags(0, 0).endOptions().payload(0);
    for (int count = 1; count < 256; count++) {
      buffer[16] = (byte) count;
      assertMalformed(length);
      assertMalformed(length + 4 * count - 1);
    }
    assertParses(22 + 4 * 255);
  }

  @Test
  void writesAtMost255Nacks() {
    writer.begin(buffer, 1, 2, 3, 4);
    for (int i = 0; i < 255; i++) {
      writer.nack(i);
    }
    assertThatIllegalStateException().isThrownBy(() -> writer.nack(255));
  }

  @Test
  void refusesAPayloadThatNobodySends() {
    byte[] large = new byte[22 + PacketView.MAX_PAYLOAD + 1];
    assertThatThrownBy(() -> view.wrap(large, 0, large.length))
        .isInstanceOf(MalformedPacketException.class)
        .hasMessageContaining("32768");
    assertThat(parses(large, large.length - 1)).isTrue();
  }

  @Test
  @DisplayName("A11 lengths of offline signatures follow both key types")
  void findsTheSignatureBehindEveryOfflineBlock() throws MalformedPacketException {
    for (SigningKeyType longTerm : SigningKeyType.values()) {
      for (SigningKeyType shortTerm : SigningKeyType.values()) {
        int signatureLength = shortTerm.signatureLength();
        int length = packetWithAllOptions(longTerm.code(), shortTerm.code(), signatureLength, 5);
        view.wrap(buffer, 0, length);
        assertThat(view.offlineLength())
            .isEqualTo(6 + shortTerm.publicKeyLength() + longTerm.signatureLength());
        assertThat(view.signatureLength()).isEqualTo(signatureLength);
        assertThat(view.payloadLength()).isEqualTo(5);
      }
    }
  }

  @Test
  void refusesAnOfflineBlockItCannotMeasure() {
    int length = packetWithAllOptions(99, 7, 64, 0);
    assertMalformed(length);
    length = packetWithAllOptions(7, 7, 64, 0);
    int typeAt = 17 + 2 * 4 + 5 + 2 + destination(7).length + 2 + 4;
    buffer[typeAt + 1] = 99;
    assertMalformed(length);
    length =
        writer
            .begin(buffer, 1, 2, 3, 4)
            .flags(0, 0)
            .offline(offlineBlock(7, 7))
            .signature(64)
            .endOptions()
            .payload(0);
    assertMalformed(length);
    byte[] shortCertificate = Arrays.copyOf(destination(7), 389);
    shortCertificate[386] = 2;
    length =
        writer
            .begin(buffer, 1, 2, 3, 4)
            .flags(0, 0)
            .from(shortCertificate)
            .offline(offlineBlock(0, 7))
            .signature(64)
            .endOptions()
            .payload(0);
    assertMalformed(length);
  }

  @Test
  void ignoresUnknownFlagsAndForgetsTheLastPacket() throws MalformedPacketException {
    view.wrap(buffer, 0, packetWithAllOptions(7, 7, 64, 9));
    int length = writer.begin(buffer, 1, 2, 3, 4).flags(0, 0xf000).endOptions().payload(1);
    view.wrap(buffer, 0, length);
    assertThat(view.flags()).isEqualTo(0xf000);
    assertThat(view.fromLength() + view.offlineLength() + view.signatureLength()).isZero();
    assertThat(view.delayMillis()).isEqualTo(-1);
    assertThat(view.maxPacketSize()).isEqualTo(-1);
    assertThat(view.payloadLength()).isEqualTo(1);
  }

  @Test
  @DisplayName("A3 no bytes make the parser fail in any other way, or point outside the packet")
  void survivesMutatedPackets() {
    Random random = new Random(7);
    int parsed = 0;
    int refused = 0;
    for (int round = 0; round < 100_000; round++) {
      int length = packetWithAllOptions(7, 7, 64, random.nextInt(50));
      for (int change = random.nextInt(6); change >= 0; change--) {
        buffer[random.nextInt(random.nextInt(4) == 0 ? length : 40)] = (byte) random.nextInt();
      }
      if (random.nextInt(3) == 0) {
        length = random.nextInt(length + 1);
      }
      byte[] packet = Arrays.copyOf(buffer, length);
      try {
        view.wrap(packet, 0, length);
        parsed++;
        assertInside(length, view.payloadOffset(), view.payloadLength());
        assertInside(length, view.fromOffset(), view.fromLength());
        assertInside(length, view.offlineOffset(), view.offlineLength());
        assertInside(length, view.signatureOffset(), view.signatureLength());
        assertThat(view.toString()).isNotEmpty();
      } catch (MalformedPacketException e) {
        refused++;
      }
    }
    assertThat(parsed).isGreaterThan(10_000);
    assertThat(refused).isGreaterThan(10_000);
  }

  @Test
  void throwsWithoutAStackTrace() {
    assertThat(new MalformedPacketException("rule")).hasMessage("rule");
    assertThat(new MalformedPacketException("rule").getStackTrace()).isEmpty();
  }

  private static void assertInside(int length, int offset, int size) {
    if (size != 0 && (size < 0 || offset < 22 || offset + size > length)) {
      throw new AssertionError(offset + " + " + size + " of " + length);
    }
  }

  private void assertMalformed(int length) {
    assertThat(parses(buffer, length)).isFalse();
  }

  private void assertParses(int length) {
    assertThat(parses(buffer, length)).isTrue();
  }

  private boolean parses(byte[] bytes, int length) {
    try {
      view.wrap(bytes, 0, length);
      return true;
    } catch (MalformedPacketException e) {
      return false;
    }
  }

  private byte[] part(int offset, int length) {
    return Arrays.copyOfRange(view.buffer(), offset, offset + length);
  }

  /** Two NACKs, every option and a payload of zeros. */
  private int packetWithAllOptions(
      int longTerm, int shortTerm, int signatureLength, int payloadLength) {
    Arrays.fill(buffer, (byte) 0);
    writer.begin(buffer, 1, 2, 3, 4).nack(1).nack(2).flags(0, ALL_OPTIONS);
    writer.delay(500).from(destination(longTerm)).maxPacketSize(1_730);
    writer.offline(offlineBlock(longTerm, shortTerm)).signature(signatureLength);
    return writer.endOptions().payload(payloadLength);
  }

  private static byte[] destination(int signingType) {
    SigningKeyType type = SigningKeyType.ofCode(signingType);
    int excess = type == null ? 0 : Math.max(0, type.publicKeyLength() - 128);
    byte[] bytes = new byte[391 + excess];
    Arrays.fill(bytes, 0, 384, (byte) 0x33);
    bytes[384] = 5;
    bytes[385] = (byte) ((4 + excess) >>> 8);
    bytes[386] = (byte) (4 + excess);
    bytes[388] = (byte) signingType;
    return bytes;
  }

  private static byte[] offlineBlock(int longTerm, int shortTerm) {
    SigningKeyType from = SigningKeyType.ofCode(longTerm);
    SigningKeyType type = SigningKeyType.ofCode(shortTerm);
    int signatureLength = from == null ? 64 : from.signatureLength();
    byte[] block = new byte[6 + type.publicKeyLength() + signatureLength];
    Arrays.fill(block, (byte) 0x44);
    block[4] = 0;
    block[5] = (byte) shortTerm;
    return block;
  }
}
