package io.i2pstreaming.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A20 Base64 and Base32 as I2P writes them")
class I2PEncodingTest {
  @Test
  void writesBase64LikeTheJdkButForTwoCharacters() {
    Random random = new Random(1);
    for (int length = 0; length < 400; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      String text = I2PEncoding.base64(bytes);
      assertThat(text.replace('-', '+').replace('~', '/'))
          .isEqualTo(Base64.getEncoder().encodeToString(bytes));
      assertThat(I2PEncoding.fromBase64(text)).isEqualTo(bytes);
      assertThat(I2PEncoding.fromBase64(text.replace("=", ""))).isEqualTo(bytes);
    }
  }

  @Test
  void writesBase32AndReadsItInAnyCase() {
    Random random = new Random(2);
    for (int length = 0; length < 100; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      String text = I2PEncoding.base32(bytes);
      assertThat(text).hasSize((8 * length + 4) / 5).matches("[a-z2-7]*");
      assertThat(I2PEncoding.fromBase32(text)).isEqualTo(bytes);
      assertThat(I2PEncoding.fromBase32(text.toUpperCase(Locale.ROOT))).isEqualTo(bytes);
    }
  }

  @Test
  @DisplayName("A20 Base32 agrees with RFC 4648")
  void agreesWithTheRfc() {
    assertThat(I2PEncoding.base32("foobar".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo("mzxw6ytboi");
    byte[] ones = new byte[32];
    Arrays.fill(ones, (byte) 0xff);
    assertThat(I2PEncoding.base32(ones)).isEqualTo("7".repeat(51) + "q");
  }

  @Test
  void namesTheFirstBadCharacter() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> I2PEncoding.fromBase64("AA+/"))
        .withMessageContaining("character 3, '+'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> I2PEncoding.fromBase64("\u00e9AAA"))
        .withMessageContaining("character 1, '\u00e9'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> I2PEncoding.fromBase64("A=AA"))
        .withMessageContaining("character 2, '='");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> I2PEncoding.fromBase32("aaaa1aaa"))
        .withMessageContaining("character 5, '1'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "AAAAA", "AB", "AAB", "AAAA=", "AAAA====", "AA=", "=", "===="})
  void refusesBase64ThatNoEncoderWrites(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> I2PEncoding.fromBase64(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "aaa", "aaaaaa", "ab", "aaab", "aaaab", "aaaaaab", "aa======"})
  void refusesBase32ThatNoEncoderWrites(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> I2PEncoding.fromBase32(text));
  }
}
