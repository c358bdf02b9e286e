package io.i2pstreaming.autoconfigure.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.autoconfigure.I2PRouterAutoConfiguration;
import io.i2pstreaming.autoconfigure.I2PStreamingAutoConfiguration;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;

@DisplayName("D4 WebClient, which reaches the clear net only")
@Timeout(300)
class WebClientTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  interface NetTest {
    void run(WebClient client, ClearNetServer server) throws Exception;
  }

  private static void inClearNet(String connector, NetTest test, String... more) throws Exception {
    try (ClearNetServer server = new ClearNetServer()) {
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  I2PRouterAutoConfiguration.class,
                  I2PStreamingAutoConfiguration.class,
                  I2PHttpClientAutoConfiguration.class,
                  HttpClientAutoConfiguration.class,
                  ReactiveHttpClientAutoConfiguration.class))
          .withPropertyValues(
              "i2p.router.mode=embedded", "spring.http.clients.reactive.connector=" + connector)
          .withPropertyValues(more)
          .run(
              context ->
                  test.run(
                      WebClient.builder()
                          .clientConnector(context.getBean(ClientHttpConnector.class))
                          .baseUrl(server.url())
                          .build(),
                      server));
    }
  }

  // In one context, because Reactor takes seconds to end.
  @ParameterizedTest
  @ValueSource(strings = {"reactor", "jdk"})
  void followsRedirectsInTheClearNetAndRefusesNamesOfI2P(String connector) throws Exception {
    inClearNet(
        connector,
        (client, server) -> {
          assertThat(get(client, "/page")).isEqualTo("GET /page ");
          assertThat(get(client, "/301?/302?/twice")).isEqualTo("GET /twice ");
          assertThat(post(client, "/303?/there")).isEqualTo("GET /there ");
          assertThat(post(client, "/307?/there")).isEqualTo("POST /there text");
          assertThat(server.requests).hasSize(8);
          assertThatThrownBy(() -> get(client, "/loop"))
              .hasMessageContaining("more than 20 redirects");
          leavesCredentialsWithTheirSite(client, server);
          assertThatThrownBy(() -> get(client, "http://somewhere.i2p/"))
              .isInstanceOf(WebClientRequestException.class)
              .hasMessageContaining("WebClient does not reach");
          assertThatThrownBy(() -> get(client, "/302?http://somewhere.i2p/"))
              .isInstanceOf(WebClientRequestException.class)
              .hasMessageContaining("which is not followed");
        });
  }

  private static void leavesCredentialsWithTheirSite(WebClient client, ClearNetServer server)
      throws Exception {
    try (ClearNetServer other = new ClearNetServer()) {
      for (String target : new String[] {"/there", other.url() + "/there"}) {
        client
            .get()
            .uri("/302?" + target)
            .header("Authorization", "Basic abc")
            .cookie("a", "b")
            .retrieve()
            .toBodilessEntity()
            .block(PATIENCE);
      }
      assertThat(server.secrets).hasSize(3);
      assertThat(other.requests).hasSize(1);
      assertThat(other.secrets).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = "jdk")
  void showsRedirectsThatItIsNotToFollow(String connector) throws Exception {
    inClearNet(
        connector,
        (client, server) -> assertThat(get(client, "/302?/there")).isEqualTo("GET /302 "),
        "spring.http.clients.redirects=dont-follow");
  }

  private static String get(WebClient client, String uri) {
    return Objects.requireNonNull(
        client.get().uri(uri).retrieve().bodyToMono(String.class).block(PATIENCE));
  }

  private static String post(WebClient client, String uri) {
    return Objects.requireNonNull(
        client
            .post()
            .uri(uri)
            .bodyValue("text")
            .retrieve()
            .bodyToMono(String.class)
            .block(PATIENCE));
  }
}
