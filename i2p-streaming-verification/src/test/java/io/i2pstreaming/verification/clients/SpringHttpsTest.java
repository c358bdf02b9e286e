package io.i2pstreaming.verification.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.spring.http.I2PClientHttpRequestFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.web.client.RestClient;

@DisplayName("D4 https to a site in I2P")
@Timeout(300)
class SpringHttpsTest {
  @Test
  void agreesOnTlsWithinAStreamAndComparesTheName() throws Exception {
    try (Pair pair = new Pair()) {
      TestTls own = new TestTls(pair.host());
      TestTls foreign = new TestTls("another-site.i2p");
      pair.serve(Clients.HTTPS, socket -> PageServer.serve(secured(own, socket)));
      pair.serve(8443, socket -> PageServer.serve(secured(foreign, socket)));
      String url = "https://" + pair.host();

      try (I2PClientHttpRequestFactory trusting = requests(pair, own)) {
        assertThat(get(trusting, url + "/page")).isEqualTo("/page of " + pair.host());
        assertThat(get(trusting, url + "/again")).isEqualTo("/again of " + pair.host());
        assertThat(pair.client.stats().opened()).isEqualTo(1);
      }
      try (I2PClientHttpRequestFactory trusting = requests(pair, foreign)) {
        assertThatThrownBy(() -> get(trusting, url + "/page"))
            .as("a certificate that nobody trusts")
            .hasCauseInstanceOf(SSLException.class);
        assertThatThrownBy(() -> get(trusting, url + ":8443/page"))
            .as("a trusted certificate of another site")
            .hasCauseInstanceOf(SSLException.class)
            .hasMessageContaining("No subject alternative DNS name matching");
      }
    }
  }

  private static SSLSocket secured(TestTls tls, java.net.Socket socket) throws Exception {
    return (SSLSocket) tls.context.getSocketFactory().createSocket(socket, null, true);
  }

  private static I2PClientHttpRequestFactory requests(Pair pair, TestTls tls) {
    return I2PClientHttpRequestFactory.builder(() -> pair.client).tls(tls.context).build();
  }

  private static String get(I2PClientHttpRequestFactory requests, String url) {
    return String.valueOf(
        RestClient.builder()
            .requestFactory(requests)
            .build()
            .get()
            .uri(url)
            .retrieve()
            .body(String.class));
  }
}
