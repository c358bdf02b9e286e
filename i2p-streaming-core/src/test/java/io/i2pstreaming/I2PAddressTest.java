package io.i2pstreaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.SigningKeyType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A20 addresses of streams")
class I2PAddressTest {
  private static final Destination DESTINATION =
      DestinationKeys.generate(SigningKeyType.EDDSA_SHA512_ED25519, new SecureRandom())
          .destination();

  @Test
  void base64IsADestination() {
    I2PAddress address = I2PAddress.parse(" " + DESTINATION.base64() + "\n", 7);

    assertThat(address.destination()).isEqualTo(DESTINATION);
    assertThat(address.name()).isEqualTo(DESTINATION.base32());
    assertThat(address.port()).isEqualTo(7);
  }

  @Test
  void base32IsANameInAnyLetterCase() {
    I2PAddress address =
        I2PAddress.parse(DESTINATION.base32().toUpperCase(java.util.Locale.ROOT), 0);

    assertThat(address.destination()).isNull();
    assertThat(address.name()).isEqualTo(DESTINATION.base32());
    assertThat(address).isEqualTo(I2PAddress.of(DESTINATION, 0));
    assertThat(address).hasSameHashCodeAs(I2PAddress.of(DESTINATION, 0));
    assertThat(address).isNotEqualTo(I2PAddress.of(DESTINATION, 1));
  }

  @Test
  void hostNamesAreKeptForTheRouter() {
    assertThat(I2PAddress.parse("Www.Example-1.I2P", 80)).hasToString("www.example-1.i2p:80");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "127.0.0.1",
        "example.com",
        "-a.i2p",
        "a..i2p",
        "a b.i2p",
        "ä.i2p",
        ".i2p",
        "short.b32.i2p",
        "8888888888888888888888888888888888888888888888888888.b32.i2p",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.b32.i2p",
        "a2345678901234567890123456789012345678901234567890123456789012345.i2p"
      })
  void everythingElseIsRefused(String text) {
    assertThatThrownBy(() -> I2PAddress.parse(text, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void brokenBase64IsRefused() {
    String text = DESTINATION.base64();
    assertThatThrownBy(() -> I2PAddress.parse("!" + text.substring(1), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void portsHaveSixteenBits(int port) {
    assertThatThrownBy(() -> I2PAddress.parse("a.i2p", port)).hasMessageContaining("0 to 65535");
  }

  @Test
  void socketAddressesAreReadByHostStringAlone() throws Exception {
    InetAddress resolved = InetAddress.getByAddress("a.i2p", new byte[] {127, 0, 0, 1});

    assertThat(I2PAddress.of(new InetSocketAddress(resolved, 80)))
        .isEqualTo(I2PAddress.of(InetSocketAddress.createUnresolved("a.i2p", 80)));
  }

  @Test
  void itSurvivesSerialization() throws Exception {
    for (I2PAddress address :
        new I2PAddress[] {I2PAddress.of(DESTINATION, 9), I2PAddress.parse("a.i2p", 80)}) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(address);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        I2PAddress copy = (I2PAddress) in.readObject();
        assertThat(copy).isEqualTo(address);
        assertThat(copy.destination()).isEqualTo(address.destination());
      }
    }
  }
}
