package io.i2pstreaming.autoconfigure.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.autoconfigure.I2PRouterAutoConfiguration;
import io.i2pstreaming.autoconfigure.I2PStreamingAutoConfiguration;
import io.i2pstreaming.link.RouterAddress;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

@DisplayName("D4 every HTTP client that Spring Boot can choose")
@Timeout(300)
class EveryClientTest {
  /** As {@code spring.http.clients.imperative.factory} spells them. */
  enum Client {
    HTTP_COMPONENTS,
    JETTY,
    REACTOR,
    JDK,
    SIMPLE
  }

  private static ApplicationContextRunner runner(Client client) {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                I2PRouterAutoConfiguration.class,
                I2PStreamingAutoConfiguration.class,
                I2PHttpClientAutoConfiguration.class,
                HttpClientAutoConfiguration.class,
                ImperativeHttpClientAutoConfiguration.class,
                RestClientAutoConfiguration.class))
        .withPropertyValues(
            "i2p.router.mode=embedded", "spring.http.clients.imperative.factory=" + client);
  }

  private static void inClearNet(Client client, Consumer<ClearNet> test) throws Exception {
    try (ClearNetServer server = new ClearNetServer()) {
      runner(client)
          .run(
              context -> {
                test.accept(
                    new ClearNet(
                        server,
                        context.getBean(RestClient.Builder.class).baseUrl(server.url()).build()));
                assertThat(context.getBean(StreamManager.class).stats().opened()).isZero();
              });
    }
  }

  record ClearNet(ClearNetServer server, RestClient client) {}

  @ParameterizedTest
  @EnumSource(Client.class)
  void followsRedirectsInTheClearNet(Client client) throws Exception {
    inClearNet(
        client,
        net -> {
          assertThat(get(net.client(), "/page")).isEqualTo("GET /page ");
          assertThat(get(net.client(), "/302?/there")).isEqualTo("GET /there ");
          assertThat(get(net.client(), "/301?/302?/twice")).isEqualTo("GET /twice ");
          assertThat(post(net.client(), "/303?/there")).isEqualTo("GET /there ");
          assertThat(post(net.client(), "/307?/there")).isEqualTo("POST /there text");
          assertThat(net.server().requests).hasSize(10);
        });
  }

  @ParameterizedTest
  @EnumSource(names = "JDK")
  void endsALoop(Client client) throws Exception {
    inClearNet(
        client,
        net -> {
          assertThatThrownBy(() -> get(net.client(), "/loop"))
              .isInstanceOf(ResourceAccessException.class)
              .hasMessageContaining("more than 20 redirects");
          assertThat(net.server().requests).hasSize(21);
        });
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void leavesCredentialsWithTheirSite(Client client) throws Exception {
    try (ClearNetServer other = new ClearNetServer()) {
      inClearNet(
          client,
          net -> {
            for (String target : new String[] {"/there", other.url() + "/there"}) {
              net.client()
                  .get()
                  .uri("/302?" + target)
                  .header("Authorization", "Basic abc")
                  .header("Cookie", "a=b")
                  .retrieve()
                  .toBodilessEntity();
            }
            assertThat(net.server().secrets).hasSize(3);
            assertThat(other.requests).hasSize(1);
            assertThat(other.secrets).isEmpty();
          });
    }
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void doesNotFollowARedirectIntoI2P(Client client) throws Exception {
    inClearNet(
        client,
        net ->
            assertThatThrownBy(() -> get(net.client(), "/302?http://somewhere.i2p/"))
                .isInstanceOf(ResourceAccessException.class)
                .hasMessageContaining("redirects to a name of I2P, which is not followed"));
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void reachesI2PAndIsNotLedOutOfIt(Client client) throws Exception {
    try (ClearNetServer clearNet = new ClearNetServer()) {
      runner(client)
          .run(
              context -> {
                try (PageServer site = new PageServer(context.getBean(RouterAddress.class))) {
                  RestClient requests =
                      context.getBean(RestClient.Builder.class).baseUrl(site.url()).build();
                  assertThat(get(requests, "/one")).isEqualTo("page /one ");
                  assertThatThrownBy(() -> get(requests, "/to/127.0.0.1:" + clearNet.port() + "/"))
                      .isInstanceOf(ResourceAccessException.class);
                  assertThatThrownBy(() -> get(requests, "/to/localhost:" + clearNet.port() + "/"))
                      .isInstanceOf(ResourceAccessException.class)
                      .hasMessageContaining("not an I2P address");
                  assertThat(clearNet.requests).isEmpty();
                }
              });
    }
  }

  @ParameterizedTest
  @EnumSource(names = "HTTP_COMPONENTS", mode = EnumSource.Mode.EXCLUDE)
  void refusesNamesOfI2PWithoutApachesClientInsteadOfAskingTheDns(Client client) {
    runner(client)
        .withClassLoader(new FilteredClassLoader(CloseableHttpClient.class))
        .run(
            context ->
                assertThatThrownBy(
                        () ->
                            get(
                                context.getBean(RestClient.Builder.class).build(),
                                "http://somewhere.i2p/"))
                    .isInstanceOf(ResourceAccessException.class)
                    .hasMessageContaining("org.apache.httpcomponents.client5:httpclient5"));
  }

  private static String get(RestClient client, String uri) {
    return Objects.requireNonNull(client.get().uri(uri).retrieve().body(String.class));
  }

  private static String post(RestClient client, String uri) {
    return Objects.requireNonNull(
        client.post().uri(uri).body("text").retrieve().body(String.class));
  }
}
