package io.i2pstreaming.verification.clients;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A17 other people's clients over our sockets")
@Timeout(300)
class ClientLibrariesTest {
  private static Pair pair;
  private static Clients clients;

  @BeforeAll
  static void start() throws Exception {
    pair = new Pair();
    clients = new Clients(pair);
  }

  @AfterAll
  static void stop() {
    if (pair != null) {
      pair.close();
    }
  }

  @Test
  @DisplayName("A17 Apache HttpClient 5 reuses one stream for two requests")
  void apacheHttpClient() throws Exception {
    long before = pair.client.stats().opened();
    assertThat(clients.apache())
        .containsExactly("/one of " + pair.host(), "/two of " + pair.host());
    assertThat(pair.client.stats().opened() - before).isEqualTo(1);
  }

  @Test
  @DisplayName("A17 OkHttp, in plain and by TLS")
  void okhttp() throws Exception {
    assertThat(clients.okhttp())
        .containsExactly("/page of " + pair.host(), "/page of " + pair.host());
  }

  @Test
  @DisplayName("A17 the PostgreSQL driver")
  void postgres() throws Exception {
    assertThat(clients.postgres("SELECT 'who is there'")).isEqualTo("SELECT 'who is there'");
  }

  @Test
  @DisplayName("A17 an SSLSocket layered on a stream")
  void tls() throws Exception {
    String text = "x".repeat(200_000) + "end";
    assertThat(clients.tlsEcho("hello")).isEqualTo("hello");
    assertThat(clients.tlsEcho(text)).isEqualTo(text);
  }
}
