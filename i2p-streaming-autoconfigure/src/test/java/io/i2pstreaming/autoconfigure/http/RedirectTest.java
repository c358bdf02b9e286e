package io.i2pstreaming.autoconfigure.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

@DisplayName("D4 redirects in the clear net")
class RedirectTest {
  @ParameterizedTest
  @CsvSource({
    "http://a.test/x/y, /z?q, http://a.test/z?q",
    "http://a.test/x/y, z, http://a.test/x/z",
    "http://a.test, z, http://a.test/z",
    "http://a.test/x/y?old, ?new, http://a.test/x/y?new",
    "http://a.test:8080/x, //b.test/z, http://b.test/z",
    "http://a.test/x, https://b.test/z, https://b.test/z",
  })
  void leadTo(String from, String location, String target) throws IOException {
    assertThat(redirect(from, HttpMethod.GET, 302, location))
        .isEqualTo(new Redirect(URI.create(target), HttpMethod.GET, true));
  }

  @ParameterizedTest
  @CsvSource({
    "301, POST, GET, false",
    "302, POST, GET, false",
    "303, POST, GET, false",
    "303, PUT, GET, false",
    "303, HEAD, HEAD, true",
    "302, PUT, PUT, true",
    "307, POST, POST, true",
    "308, DELETE, DELETE, true"
  })
  void keepTheMethodOrAsk(int status, String method, String next, boolean sameBody)
      throws IOException {
    assertThat(redirect("http://a.test/", HttpMethod.valueOf(method), status, "/z"))
        .isEqualTo(new Redirect(URI.create("http://a.test/z"), HttpMethod.valueOf(next), sameBody));
  }

  @ParameterizedTest
  @CsvSource({
    "200, /z",
    "304, /z",
    "302, http://b.test/z",
    "302, ftp://b.test/z",
    "302, mailto:someone",
    "302, 'http://b c.test/'",
    "302,",
  })
  void areNone(int status, @Nullable String location) throws IOException {
    assertThat(redirect("https://a.test/", HttpMethod.GET, status, location)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "http://site.i2p/z",
    "//SITE.I2P./z",
    "https://site.%69%32%70/",
    "ftp://site.i2p/",
  })
  void neverLeadIntoI2P(String location) {
    assertThatThrownBy(() -> redirect("https://a.test/", HttpMethod.GET, 302, location))
        .isInstanceOf(ProtocolException.class)
        .hasMessageNotContaining("site.");
  }

  @Test
  void leaveCredentialsBehind() throws IOException {
    HttpHeaders sent = new HttpHeaders();
    sent.setBasicAuth("user", "secret");
    sent.set("cookie", "a=b");
    sent.set("Host", "a.test");
    sent.set("Content-Type", "text/plain");
    sent.set("X-Own", "1");
    URI from = URI.create("http://a.test/");

    HttpHeaders sameSite = new HttpHeaders();
    some(redirect("http://a.test/", HttpMethod.PUT, 307, "/z")).copyHeaders(from, sent, sameSite);
    assertThat(sameSite.size()).isEqualTo(5);

    HttpHeaders otherPort = new HttpHeaders();
    some(redirect("http://a.test/", HttpMethod.POST, 302, "http://a.test:81/"))
        .copyHeaders(from, sent, otherPort);
    assertThat(otherPort.headerNames()).containsExactly("X-Own");
  }

  private static Redirect some(@Nullable Redirect redirect) {
    return Objects.requireNonNull(redirect);
  }

  private static @Nullable Redirect redirect(
      String from, HttpMethod method, int status, @Nullable String location) throws IOException {
    return Redirect.of(URI.create(from), method, status, location);
  }
}
