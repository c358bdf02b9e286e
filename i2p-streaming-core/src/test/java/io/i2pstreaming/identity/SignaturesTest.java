package io.i2pstreaming.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A11 signatures of every type")
class SignaturesTest {
  private static final Vectors VECTORS = new Vectors("signatures.properties");

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EDDSA_SHA512_ED25519PH")
  void acceptsTheReferencesSignatureAndNoOther(SigningKeyType type) {
    byte[] key = VECTORS.bytes(type.code() + ".public");
    byte[] message = VECTORS.bytes(type.code() + ".message");
    byte[] signature = VECTORS.bytes(type.code() + ".signature");
    assertThat(verify(type, key, message, signature)).isTrue();
    for (int bit = 0; bit < 8 * signature.length; bit++) {
      assertThat(verify(type, key, message, flipped(signature, bit))).as("bit %d", bit).isFalse();
    }
    for (int bit = 0; bit < 8 * message.length; bit += 5) {
      assertThat(verify(type, key, flipped(message, bit), signature)).as("bit %d", bit).isFalse();
    }
    for (int bit = 0; bit < 8 * key.length; bit += 7) {
      assertThat(verify(type, flipped(key, bit), message, signature)).as("bit %d", bit).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EDDSA_SHA512_ED25519PH")
  void readsMessageAndSignatureWhereTheyLie(SigningKeyType type) {
    byte[] key = VECTORS.bytes(type.code() + ".public");
    byte[] message = VECTORS.bytes(type.code() + ".message");
    byte[] signature = VECTORS.bytes(type.code() + ".signature");
    byte[] both = new byte[3 + message.length + signature.length + 5];
    Arrays.fill(both, (byte) 0x5a);
    System.arraycopy(message, 0, both, 3, message.length);
    System.arraycopy(signature, 0, both, 3 + message.length, signature.length);
    assertThat(Signatures.verify(type, key, both, 3, message.length, both, 3 + message.length))
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EDDSA_SHA512_ED25519PH")
  void takesMalformedKeysAndSignaturesForInvalid(SigningKeyType type) {
    byte[] key = VECTORS.bytes(type.code() + ".public");
    byte[] message = VECTORS.bytes(type.code() + ".message");
    byte[] signature = VECTORS.bytes(type.code() + ".signature");
    byte[] ones = filled(key.length, 0xff);
    assertThat(verify(type, new byte[key.length], message, signature)).isFalse();
    assertThat(verify(type, ones, message, signature)).isFalse();
    assertThat(verify(type, Arrays.copyOf(key, key.length - 1), message, signature)).isFalse();
    assertThat(verify(type, Arrays.copyOf(key, key.length + 1), message, signature)).isFalse();
    assertThat(verify(type, key, message, new byte[signature.length])).isFalse();
    assertThat(verify(type, key, message, filled(signature.length, 0xff))).isFalse();
  }

  @Test
  void refusesAPointThatIsNotOnTheCurve() {
    SigningKeyType type = SigningKeyType.ECDSA_SHA256_P256;
    // x and y of the curve y² = x³ + b with another b: an invalid-curve key.
    byte[] key = FixedWidth.pair(BigInteger.ONE, BigInteger.ONE, type.publicKeyLength());
    assertThat(verify(type, key, VECTORS.bytes("1.message"), VECTORS.bytes("1.signature")))
        .isFalse();
  }

  @Test
  void refusesEd25519phByName() {
    SigningKeyType type = SigningKeyType.EDDSA_SHA512_ED25519PH;
    byte[] key = VECTORS.bytes("8.public");
    assertThat(Signatures.canVerify(type)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> verify(type, key, VECTORS.bytes("8.message"), VECTORS.bytes("8.signature")))
        .withMessageContaining("EDDSA_SHA512_ED25519PH");
  }

  @Test
  void refusesRangesOutsideTheArrays() {
    SigningKeyType type = SigningKeyType.EDDSA_SHA512_ED25519;
    byte[] key = VECTORS.bytes("7.public");
    byte[] signature = VECTORS.bytes("7.signature");
    assertThatThrownBy(() -> Signatures.verify(type, key, new byte[4], 1, 4, signature, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Signatures.verify(type, key, new byte[4], 0, 4, signature, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static boolean verify(SigningKeyType type, byte[] key, byte[] message, byte[] signature) {
    return Signatures.verify(type, key, message, 0, message.length, signature, 0);
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] copy = bytes.clone();
    copy[bit / 8] ^= (byte) (1 << bit % 8);
    return copy;
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
