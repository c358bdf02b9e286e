package io.i2pstreaming.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A20 destinations keep their bytes")
class DestinationTest {
  private static final byte[] FIELDS = new byte[384];

  static {
    new Random(3).nextBytes(FIELDS);
  }

  @Test
  void carriesCertificatesOfEveryKindAsTheyCame() throws Exception {
    for (int certificateType : new int[] {0, 1, 2, 3, 4, 6, 77, 255}) {
      byte[] bytes = destination(certificateType, new byte[] {9, 8, 7});
      Destination destination = Destination.parse(bytes, 0, bytes.length);
      assertThat(destination.bytes()).isEqualTo(bytes);
      assertThat(destination.hash().bytes())
          .isEqualTo(MessageDigest.getInstance("SHA-256").digest(bytes));
      assertThat(destination.signingKeyType()).isEqualTo(SigningKeyType.DSA_SHA1);
      assertThat(destination.signingPublicKey()).isEqualTo(Arrays.copyOfRange(FIELDS, 256, 384));
      assertThat(Destination.fromBase64(destination.base64())).isEqualTo(destination);
    }
  }

  @Test
  void ignoresSurplusAndRefusesTooLittle() {
    byte[] bytes = destination(5, new byte[] {0, 7, 0, 0});
    byte[] padded = new byte[10 + bytes.length + 20];
    System.arraycopy(bytes, 0, padded, 10, bytes.length);
    Destination destination = Destination.parse(padded, 10, bytes.length + 20);
    assertThat(destination.bytes()).isEqualTo(bytes);
    assertThat(destination.matches(padded, 10, bytes.length)).isTrue();
    assertThat(destination.matches(padded, 10, bytes.length - 1)).isFalse();
    assertThat(destination.matches(padded, 9, bytes.length)).isFalse();
    byte[] target = new byte[bytes.length + 4];
    assertThat(destination.writeTo(target, 3)).isEqualTo(3 + bytes.length);
    assertThat(destination.matches(target, 3, bytes.length)).isTrue();
    for (int length = 0; length < bytes.length; length++) {
      int tooShort = length;
      assertThatIllegalArgumentException()
          .as("%d bytes", length)
          .isThrownBy(() -> Destination.parse(bytes, 0, tooShort));
    }
  }

  @Test
  void refusesTextWithSurplusBytes() {
    byte[] bytes = Arrays.copyOf(destination(5, new byte[] {0, 7, 0, 0}), 393);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Destination.fromBase64(I2PEncoding.base64(bytes)))
        .withMessageContaining("2 surplus bytes");
  }

  @Test
  void joinsALongKeyFromFieldAndCertificate() {
    byte[] bytes = destination(5, new byte[] {0, 3, 0, 0, 11, 22, 33, 44});
    byte[] key = Destination.parse(bytes, 0, bytes.length).signingPublicKey();
    assertThat(key).hasSize(132).startsWith(Arrays.copyOfRange(FIELDS, 256, 384));
    assertThat(key).endsWith(11, 22, 33, 44);
  }

  @Test
  void knowsNoKeyInACertificateThatIsUnknownOrTooShort() {
    for (byte[] payload :
        new byte[][] {{}, {0}, {0, 7, 0}, {0, 99, 0, 0}, {1, 7, 0, 0}, {0, 3, 0, 0, 1, 2, 3}}) {
      byte[] bytes = destination(5, payload);
      Destination destination = Destination.parse(bytes, 0, bytes.length);
      assertThat(destination.signingKeyType()).as(Arrays.toString(payload)).isNull();
      assertThat(destination.bytes()).isEqualTo(bytes);
      assertThatIllegalStateException().isThrownBy(destination::signingPublicKey);
    }
  }

  @Test
  void isEqualByItsBytesAndSafeFromItsReaders() {
    byte[] bytes = destination(5, new byte[] {0, 7, 0, 0});
    Destination destination = Destination.parse(bytes, 0, bytes.length);
    Destination same = Destination.parse(bytes.clone(), 0, bytes.length);
    assertThat(destination).isEqualTo(same).hasSameHashCodeAs(same).hasToString(same.base32());
    assertThat(destination.hash()).isEqualTo(same.hash()).hasSameHashCodeAs(same.hash());
    destination.bytes()[0]++;
    destination.signingPublicKey()[0]++;
    destination.hash().bytes()[0]++;
    bytes[1]++;
    assertThat(destination).isEqualTo(same);
    Destination other = Destination.parse(bytes, 0, bytes.length);
    assertThat(destination).isNotEqualTo(other);
    assertThat(destination.hash()).isNotEqualTo(other.hash());
  }

  @Test
  void hashesMatchWhereTheyLie() {
    byte[] bytes = new byte[100];
    new Random(4).nextBytes(bytes);
    Hash hash = Hash.of(bytes, 10, 50);
    byte[] area = new byte[64];
    System.arraycopy(hash.bytes(), 0, area, 7, 32);
    assertThat(hash.matches(area, 7)).isTrue();
    assertThat(hash.matches(area, 8)).isFalse();
    assertThat(Hash.wrap(area, 7)).isEqualTo(hash);
    assertThat(hash.base32()).hasSize(60).endsWith(".b32.i2p");
    assertThat(I2PEncoding.fromBase32(hash.base32().substring(0, 52))).isEqualTo(hash.bytes());
  }

  private static byte[] destination(int certificateType, byte[] payload) {
    byte[] bytes = Arrays.copyOf(FIELDS, 387 + payload.length);
    bytes[384] = (byte) certificateType;
    bytes[386] = (byte) payload.length;
    System.arraycopy(payload, 0, bytes, 387, payload.length);
    return bytes;
  }
}
