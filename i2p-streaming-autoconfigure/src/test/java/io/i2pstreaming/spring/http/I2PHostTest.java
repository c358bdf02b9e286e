package io.i2pstreaming.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("D4 names that no DNS server may see")
class I2PHostTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.i2p",
        "http://EXAMPLE.I2P/path",
        "https://example.i2p.:8443/",
        "http://user:secret@example.i2p:80/?q",
        "http://ukeu3k5oycgaauneqgtnvselmt4yemvoilkln7jpvamvfx7dnkdq.b32.i2p/",
        "http://i2p/",
        "http://under_score.i2p/",
        "http://b\u00fccher.i2p/",
        "http://xn--bcher-kva.i2p/",
        "http://example.\uff49\uff12\uff50/",
        "http://example\uff0ei2p/",
        "http://example\u3002i2p/",
        "http://example.%69%32%70/",
        "http://example%2Ei2p/",
        "http://example.i2p.alt/"
      })
  void belongToI2P(String uri) {
    assertThat(I2PHost.isI2P(URI.create(uri))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/",
        "http://example.com/x.i2p",
        "http://x.i2p@example.com/",
        "http://i2p.example.com:80/?x.i2p",
        "http://noti2p/",
        "http://127.0.0.1/",
        "http://[::1]:80/",
        "/path",
        "mailto:someone@x.i2p"
      })
  void doNot(String uri) {
    assertThat(I2PHost.isI2P(URI.create(uri))).isFalse();
  }

  @Test
  void aWholeDestinationDoesAndNoHostDoesNot() {
    assertThat(I2PHost.isI2P(URI.create("http://" + "A".repeat(512) + "~-AA/"))).isTrue();
    assertThat(I2PHost.isI2P((String) null)).isFalse();
    assertThat(I2PHost.isI2P("100%")).isFalse();
  }
}
