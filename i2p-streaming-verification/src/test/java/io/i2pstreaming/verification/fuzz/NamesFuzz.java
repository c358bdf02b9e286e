package io.i2pstreaming.verification.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.I2PEncoding;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/** Any bytes as a destination, any text as an address or an encoding. */
final class NamesFuzz {
  @FuzzTest
  void destination(byte[] input) {
    Destination destination;
    try {
      destination = Destination.parse(input, 0, input.length);
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).isNotEmpty();
      return;
    }
    byte[] bytes = Arrays.copyOf(input, destination.length());
    assertThat(destination.bytes()).isEqualTo(bytes);
    assertThat(destination.matches(input, 0, bytes.length)).isTrue();
    assertThat(Destination.fromBase64(destination.base64())).isEqualTo(destination);
    assertThat(destination.base32()).hasSize(60).endsWith(".b32.i2p");
    if (destination.signingKeyType() != null) {
      assertThat(destination.signingPublicKey())
          .hasSize(destination.signingKeyType().publicKeyLength());
    }
    assertThat(destination.encryptionKeyCode()).isBetween(0, 65_535);
    I2PAddress address = I2PAddress.parse(destination.base64(), 80);
    assertThat(address.destination()).isEqualTo(destination);
    assertThat(address).isEqualTo(I2PAddress.parse(destination.base32(), 80));
  }

  @FuzzTest
  void text(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    base64(text);
    base32(text);
    try {
      I2PAddress address = I2PAddress.parse(text, 0);
      assertThat(I2PAddress.parse(address.name(), 0)).isEqualTo(address);
      assertThat(address.name())
          .endsWith(".i2p")
          .isEqualTo(address.name().toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).isNotEmpty();
    }
  }

  private static void base64(String text) {
    byte[] bytes;
    try {
      bytes = I2PEncoding.fromBase64(text);
    } catch (IllegalArgumentException refused) {
      return;
    }
    assertThat(I2PEncoding.base64(bytes).replace("=", "")).isEqualTo(text.replace("=", ""));
    String javas = text.replace('-', '+').replace('~', '/');
    assertThat(Base64.getDecoder().decode(javas)).isEqualTo(bytes);
  }

  private static void base32(String text) {
    try {
      assertThat(I2PEncoding.base32(I2PEncoding.fromBase32(text)))
          .isEqualTo(text.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).isNotEmpty();
    }
  }
}
