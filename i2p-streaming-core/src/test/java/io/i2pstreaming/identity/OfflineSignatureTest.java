package io.i2pstreaming.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A11 offline signatures")
class OfflineSignatureTest {
  private static final SigningKeyType ED25519 = SigningKeyType.EDDSA_SHA512_ED25519;

  @Test
  void refusesEveryOtherBlockThanTheSignedOne() throws IOException {
    DestinationKeys keys =
        DestinationKeys.parse(new Vectors("keyfiles.properties").bytes("offline"));
    byte[] block = keys.offline().toBytes();
    assertThat(block).hasSize(6 + 32 + 64);
    for (int bit = 0; bit < 8 * block.length; bit++) {
      byte[] flipped = block.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      OfflineSignature changed;
      try {
        changed = OfflineSignature.parse(flipped, 0, flipped.length, ED25519);
      } catch (IllegalArgumentException unknownType) {
        assertThat(bit / 8).isIn(4, 5);
        continue;
      }
      assertThat(changed.isSignedBy(keys.destination())).as("bit %d", bit).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"DSA_SHA1", "ECDSA_SHA256_P256", "ECDSA_SHA512_P521", "EDDSA_SHA512_ED25519"})
  void belongsToTheDestinationThatSigned(SigningKeyType type) {
    DestinationKeys signer = DestinationKeys.generate(type, new SecureRandom());
    DestinationKeys other = DestinationKeys.generate(type, new SecureRandom());
    byte[] transientKey = other.destination().signingPublicKey();
    byte[] block = new byte[6 + transientKey.length + type.signatureLength()];
    Arrays.fill(block, 0, 4, (byte) 0xfe);
    block[5] = (byte) type.code();
    System.arraycopy(transientKey, 0, block, 6, transientKey.length);
    signer.sign(block, 0, 6 + transientKey.length, block, 6 + transientKey.length);
    byte[] area = new byte[block.length + 9];
    System.arraycopy(block, 0, area, 4, block.length);
    OfflineSignature offline = OfflineSignature.parse(area, 4, area.length - 4, type);
    assertThat(offline.expiresEpochSeconds()).isEqualTo(0xfefefefeL);
    assertThat(offline.transientType()).isEqualTo(type);
    assertThat(offline.transientPublicKey()).isEqualTo(transientKey);
    assertThat(offline.signature()).hasSize(type.signatureLength());
    assertThat(offline.toBytes()).isEqualTo(block).hasSize(offline.length());
    assertThat(offline.isSignedBy(signer.destination())).isTrue();
    assertThat(offline.isSignedBy(other.destination())).isFalse();
    for (int length = 0; length < block.length; length++) {
      int tooShort = length;
      assertThatIllegalArgumentException()
          .isThrownBy(() -> OfflineSignature.parse(block, 0, tooShort, type));
    }
  }

  @Test
  void isNotSignedByADestinationOfAnUnknownOrRefusedType() throws IOException {
    DestinationKeys keys =
        DestinationKeys.parse(new Vectors("keyfiles.properties").bytes("offline"));
    for (int code : new int[] {8, 99}) {
      byte[] bytes = keys.destination().bytes();
      bytes[388] = (byte) code;
      assertThat(keys.offline().isSignedBy(Destination.parse(bytes, 0, bytes.length))).isFalse();
    }
  }
}
