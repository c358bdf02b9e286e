package io.i2pstreaming.i2cp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A23 gzip payloads")
class GzipPayloadTest {
  private final GzipPayload gzip = new GzipPayload();

  @Test
  void storedFrameIsTheOneOfTheSpecification() {
    byte[] hello = "hello, i2p".getBytes(StandardCharsets.UTF_8);
    assertThat(HexFormat.of().formatHex(seal(hello, false)))
        .isEqualTo("1f8b0800123456780206010a00f5ff68656c6c6f2c206932702a7ece5b0a000000");
  }

  @Test
  void everySizeComesBackStoredAndDeflatedAndTheJdkReadsItToo() throws Exception {
    Random random = new Random(5);
    for (int size : new int[] {0, 1, 2, 66, 67, 100, 1730, 32_768, 40_960, 40_961, 65_535}) {
      byte[] noise = new byte[size];
      random.nextBytes(noise);
      for (byte[] plain : new byte[][] {noise, new byte[size]}) {
        for (boolean compress : new boolean[] {false, true}) {
          byte[] envelope = seal(plain, compress);
          assertThat(envelope.length)
              .isBetween(GzipPayload.STORED_OVERHEAD, size + GzipPayload.STORED_OVERHEAD);
          gzip.open(envelope, 0, envelope.length);
          assertThat(opened()).isEqualTo(plain);
          assertThat(gzip.fromPort()).isEqualTo(0x1234);
          assertThat(gzip.toPort()).isEqualTo(0x5678);
          assertThat(gzip.protocol()).isEqualTo(6);
          assertThat(gunzip(envelope)).isEqualTo(plain);
        }
      }
    }
  }

  @Test
  void deflatesWhatShrinksAndStoresWhatDoesNot() {
    byte[] noise = new byte[1730];
    new Random(1).nextBytes(noise);
    assertThat(seal(new byte[1730], true)).hasSizeLessThan(100);
    assertThat(seal(new byte[1730], false)).hasSize(1753);
    assertThat(seal(noise, true)).hasSize(1753);
  }

  @Test
  void honoursOptionalHeaderFields() throws Exception {
    byte[] plain = seal("abc".getBytes(StandardCharsets.UTF_8), false);
    byte[] extra = {2, 0, 9, 9, 'n', 0, 'c', 'c', 0, 7, 7};
    byte[] full = new byte[plain.length + extra.length];
    System.arraycopy(plain, 0, full, 0, 10);
    full[3] = 2 | 4 | 8 | 16;
    System.arraycopy(extra, 0, full, 10, extra.length);
    System.arraycopy(plain, 10, full, 10 + extra.length, plain.length - 10);
    gzip.open(full, 0, full.length);
    assertThat(opened()).isEqualTo("abc".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void unknownProtocolOfGzipLibrariesIsZero() throws Exception {
    byte[] envelope = seal(new byte[3], false);
    envelope[9] = (byte) 255;
    gzip.open(envelope, 0, envelope.length);
    assertThat(gzip.protocol()).isZero();
  }

  @Test
  void refusesBombs() {
    byte[] bomb = deflated(new byte[65_536]);
    assertThatThrownBy(() -> gzip.open(bomb, 0, bomb.length))
        .isInstanceOf(MalformedFrameException.class);
    byte[] larger = deflated(new byte[10_000_000]);
    assertThatThrownBy(() -> gzip.open(larger, 0, larger.length))
        .isInstanceOf(MalformedFrameException.class);
  }

  @Test
  void refusesEveryFlippedBitOfDataAndTrailerAndEveryCut() throws Exception {
    byte[] text =
        "a text that is long enough to be deflated, deflated, deflated, deflated!"
            .getBytes(StandardCharsets.UTF_8);
    for (boolean compress : new boolean[] {false, true}) {
      byte[] envelope = seal(text, compress);
      gzip.open(envelope, 0, envelope.length);
      for (int length = 0; length < envelope.length; length++) {
        int cut = length;
        assertThatThrownBy(() -> gzip.open(envelope, 0, cut))
            .isInstanceOf(MalformedFrameException.class);
      }
      for (int bit = 80; bit < 8 * envelope.length; bit++) {
        byte[] broken = envelope.clone();
        broken[bit / 8] ^= (byte) (1 << bit % 8);
        boolean accepted;
        try {
          gzip.open(broken, 0, broken.length);
          accepted = true;
        } catch (MalformedFrameException e) {
          accepted = false;
        }
        // Only padding bits of deflate blocks carry nothing.
        assertThat(!accepted || Arrays.equals(opened(), text)).isTrue();
      }
    }
  }

  @Test
  void refusesMoreThanTheFormatCarries() {
    assertThatThrownBy(() -> seal(new byte[65_536], true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65536");
  }

  private byte[] seal(byte[] plain, boolean compress) {
    byte[] target = new byte[7 + plain.length + GzipPayload.STORED_OVERHEAD];
    int length = gzip.seal(target, 7, 0x1234, 0x5678, 6, plain, 0, plain.length, compress);
    return Arrays.copyOfRange(target, 7, 7 + length);
  }

  private byte[] opened() {
    return Arrays.copyOfRange(
        gzip.data(), gzip.dataOffset(), gzip.dataOffset() + gzip.dataLength());
  }

  private static byte[] gunzip(byte[] envelope) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(envelope))) {
      return in.readAllBytes();
    }
  }

  private static byte[] deflated(byte[] plain) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(plain);
    deflater.finish();
    byte[] envelope = new byte[200_000];
    envelope[0] = 0x1f;
    envelope[1] = (byte) 0x8b;
    envelope[2] = 8;
    int length = deflater.deflate(envelope, 10, envelope.length - 10);
    deflater.end();
    return Arrays.copyOf(envelope, 10 + length + 8);
  }
}
