package io.i2pstreaming.autoconfigure.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamManagerBuilder;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.autoconfigure.I2PRouterAutoConfiguration;
import io.i2pstreaming.autoconfigure.I2PStreamingAutoConfiguration;
import io.i2pstreaming.connection.ConnectionState;
import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.spring.I2PConfigurationException;
import io.i2pstreaming.spring.http.I2PClientHttpRequestFactory;
import io.i2pstreaming.spring.http.I2PHttpSettings;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationTextPublisher;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientObservationAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

@DisplayName("D4 requests over streams")
@Timeout(300)
class I2PRequestsTest {
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  I2PRouterAutoConfiguration.class,
                  I2PStreamingAutoConfiguration.class,
                  I2PHttpClientAutoConfiguration.class,
                  HttpClientAutoConfiguration.class,
                  ImperativeHttpClientAutoConfiguration.class,
                  RestClientAutoConfiguration.class))
          .withPropertyValues("i2p.router.mode=embedded");

  interface SiteTest {
    void run(AssertableApplicationContext context, PageServer site) throws Exception;
  }

  private static void withSite(ApplicationContextRunner runner, SiteTest test) {
    runner.run(
        context -> {
          try (PageServer site = new PageServer(context.getBean(RouterAddress.class))) {
            test.run(context, site);
          }
        });
  }

  @Test
  void aResponseIsReadAsItArrives() {
    withSite(
        runner,
        (context, site) -> {
          try (ClientHttpResponse response =
                  context
                      .getBean(I2PClientHttpRequestFactory.class)
                      .createRequest(URI.create(site.url() + "/halves"), HttpMethod.GET)
                      .execute();
              InputStream body = response.getBody()) {
            assertThat(text(body.readNBytes(13))).isEqualTo("page /halves ");
            site.secondHalf.release();
            assertThat(text(body.readAllBytes())).isEqualTo("page /halves ");
          }
        });
  }

  @Test
  void aPeerThatStopsAnsweringEndsTheRequestInTime() {
    withSite(
        runner.withPropertyValues("spring.http.clients.read-timeout=200ms"),
        (context, site) -> {
          assertThatThrownBy(() -> get(client(context, site), "/halves"))
              .hasRootCauseInstanceOf(SocketTimeoutException.class);
          site.secondHalf.release();
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spring.http.clients.connect-timeout=200ms",
        "i2p.http-client.connect-timeout=200ms"
      })
  void aDialTakesNoLongerThanToldThoughTheManagerWouldWaitForEver(String property) {
    withSite(
        runner.withPropertyValues(
            property, "i2p.streaming.connectTimeout=0", "i2p.router.embedded.network.latency=1h"),
        (context, site) ->
            assertThatThrownBy(() -> get(client(context, site), "/page"))
                .isInstanceOf(ResourceAccessException.class)
                .hasRootCauseInstanceOf(StreamingException.ConnectTimeout.class));
  }

  @Test
  void noMoreStreamsThanAllowedGoToASite() {
    withSite(
        runner.withPropertyValues("i2p.http-client.max-streams-per-site=2"),
        (context, site) -> {
          RestClient client = client(context, site);
          ExecutorService threads = Executors.newFixedThreadPool(5);
          try {
            List<Future<String>> pages =
                Stream.of("/halves", "/halves", "/one", "/two", "/three")
                    .map(path -> threads.submit(() -> get(client, path)))
                    .toList();
            site.secondHalf.release(2);
            for (Future<String> page : pages) {
              assertThat(page.get()).startsWith("page ");
            }
            assertThat(context.getBean(StreamManager.class).stats().opened()).isBetween(1L, 2L);
          } finally {
            threads.shutdownNow();
          }
        });
  }

  @Test
  void aStreamThatTheSiteHasClosedIsNotUsedAgain() {
    withSite(
        runner,
        (context, site) -> {
          RestClient client = client(context, site);
          StreamManager manager = context.getBean(StreamManager.class);
          for (int i = 1; i <= 3; i++) {
            assertThat(get(client, "/last")).isEqualTo("page /last ");
            // The end of the stream may come a moment after its answer.
            long begin = System.nanoTime();
            while (manager.streams().stream()
                .anyMatch(stream -> stream.connection().state() == ConnectionState.OPEN)) {
              assertThat(System.nanoTime() - begin).as("deadline").isLessThan(60_000_000_000L);
              LockSupport.parkNanos(1_000_000);
            }
            assertThat(client.post().uri("/posted").body("text").retrieve().body(String.class))
                .isEqualTo("page /posted text");
            assertThat(manager.stats().opened()).isEqualTo(i + 1);
          }
        });
  }

  @Test
  void cookiesAreKeptWhenAskedForAndForOneSiteAndOneClient() {
    withSite(
        runner.withPropertyValues("spring.http.clients.cookie-handling=enable"),
        (context, site) -> {
          try (PageServer other = new PageServer(context.getBean(RouterAddress.class))) {
            RestClient client = client(context, site);
            get(client, "/one");
            get(client, "/two");
            get(client(context, site), "/three");
            assertThat(site.requests)
                .extracting(headers -> headers.getFirst(HttpHeaders.COOKIE))
                .containsExactly(null, "id=1", null);
            get(client, site.url() + "/wide");
            get(client, other.url() + "/one");
            assertThat(other.requests).hasSize(1).noneMatch(all -> all.containsKey("Cookie"));
          }
        });
  }

  @Test
  void theUserAgentCanBeSetOrLeftOut() {
    withSite(
        runner.withPropertyValues("i2p.http-client.user-agent=mine/1"),
        (context, site) -> {
          RestClient client = client(context, site);
          get(client, "/one");
          client
              .get()
              .uri("/two")
              .header(HttpHeaders.USER_AGENT, "other/2")
              .retrieve()
              .toBodilessEntity();
          assertThat(site.requests)
              .extracting(headers -> headers.getFirst(HttpHeaders.USER_AGENT))
              .containsExactly("mine/1", "other/2");
        });
    withSite(
        runner.withPropertyValues("i2p.http-client.user-agent="),
        (context, site) -> {
          get(client(context, site), "/one");
          assertThat(site.requests)
              .singleElement()
              .extracting(Headers::keySet)
              .asInstanceOf(InstanceOfAssertFactories.collection(String.class))
              .doesNotContain("User-agent");
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void headersOfTracesReachASiteOnlyOnDemand(boolean wanted) {
    withSite(
        runner.withPropertyValues("i2p.http-client.propagate-traces=" + wanted),
        (context, site) -> {
          client(context, site)
              .get()
              .uri("/one")
              .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
              .header("Baggage", "user=me")
              .header("X-B3-TraceId", "80f198ee56343ba864fe8b2a57d3eff7")
              .retrieve()
              .toBodilessEntity();
          assertThat(site.requests)
              .singleElement()
              .satisfies(
                  headers -> {
                    for (String name : List.of("traceparent", "baggage", "X-B3-TraceId")) {
                      assertThat(headers.containsKey(name)).as(name).isEqualTo(wanted);
                    }
                  });
        });
  }

  @Test
  void metersDoNotSayWhichSiteWasAsked() throws Exception {
    try (ClearNetServer clearNet = new ClearNetServer()) {
      SimpleMeterRegistry meters = new SimpleMeterRegistry();
      ObservationRegistry observations = ObservationRegistry.create();
      Queue<String> traced = new ConcurrentLinkedQueue<>();
      observations
          .observationConfig()
          .observationHandler(new DefaultMeterObservationHandler(meters))
          .observationHandler(
              new ObservationTextPublisher(
                  traced::add, any -> true, all -> all.getAllKeyValues().toString()));
      withSite(
          runner
              .withConfiguration(
                  AutoConfigurations.of(RestClientObservationAutoConfiguration.class))
              .withBean(ObservationRegistry.class, () -> observations),
          (context, site) -> {
            RestClient client = client(context, site);
            get(client, site.url() + "/page");
            get(client, clearNet.url() + "/page");
            assertThat(meters.find("http.client.requests").timers())
                .extracting(timer -> timer.getId().getTag("client.name"))
                .containsExactlyInAnyOrder("i2p", "127.0.0.1");
            assertThat(meters.getMetersAsString())
                .contains("http.client.requests")
                .doesNotContain(".b32.i2p");
            assertThat(String.join(" ", traced))
                .contains("http://i2p/page", clearNet.url() + "/page")
                .doesNotContain(".b32.i2p");
          });
    }
  }

  @Test
  void aFinalDotIsNoPartOfTheName() {
    withSite(
        runner,
        (context, site) ->
            assertThat(get(client(context, site), site.url() + "./page")).isEqualTo("page /page "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://b\u00fccher.i2p/",
        "http://under_score.i2p/",
        "http://example.%69%32%70/",
        "http://i2p/",
        "http://example.i2p.alt/",
        "http://short.b32.i2p/"
      })
  void whatNoRouterKnowsIsRefused(String uri) {
    runner.run(
        context -> {
          assertThatThrownBy(
                  () ->
                      context
                          .getBean(RestClient.Builder.class)
                          .build()
                          .get()
                          .uri(URI.create(uri))
                          .retrieve()
                          .toBodilessEntity())
              .isInstanceOf(ResourceAccessException.class)
              .hasMessageNotContaining("resolve");
          assertThat(context.getBean(StreamManager.class).stats().opened()).isZero();
        });
  }

  @Test
  void proxiesOfTheJvmAreNotForI2P() throws Exception {
    try (ClearNetServer proxy = new ClearNetServer()) {
      System.setProperty("http.proxyHost", "127.0.0.1");
      System.setProperty("http.proxyPort", String.valueOf(proxy.port()));
      withSite(
          runner,
          (context, site) ->
              assertThat(get(client(context, site), "/page")).isEqualTo("page /page "));
      assertThat(proxy.requests).isEmpty();
    } finally {
      System.clearProperty("http.proxyHost");
      System.clearProperty("http.proxyPort");
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Second {
    @Bean
    StreamManager second(StreamManagerBuilder builder) {
      return builder.name("two").build();
    }

    @Bean
    StreamManager first(StreamManagerBuilder builder) {
      return builder.name("one").build();
    }
  }

  @Test
  void oneOfSeveralManagersIsChosenByItsNameOrBean() {
    for (String reference : List.of("two", "second")) {
      withSite(
          runner
              .withUserConfiguration(Second.class)
              .withPropertyValues("i2p.http-client.manager=" + reference),
          (context, site) -> {
            assertThat(get(client(context, site), "/page")).isEqualTo("page /page ");
            assertThat(context.getBean("second", StreamManager.class).stats().opened())
                .isEqualTo(1);
          });
    }
  }

  @Test
  void severalManagersStartAndSayWhatToSetWhenNoneIsChosen() {
    for (String property : List.of("i2p.http-client.manager=", "i2p.http-client.manager=three")) {
      runner
          .withUserConfiguration(Second.class)
          .withPropertyValues(property)
          .run(
              context -> {
                assertThat(context).hasNotFailed();
                assertThatThrownBy(
                        () ->
                            context
                                .getBean(RestClient.Builder.class)
                                .build()
                                .get()
                                .uri("http://somewhere.i2p/")
                                .retrieve()
                                .toBodilessEntity())
                    .isInstanceOf(I2PConfigurationException.class)
                    .hasMessageContaining("manager");
              });
    }
  }

  @Test
  void aPoolWithoutStreamsIsRefusedByName() {
    runner
        .withPropertyValues("i2p.http-client.max-streams=0")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining(I2PConfigurationException.class.getName())
                    .hasStackTraceContaining("i2p.http-client.max-streams"));
  }

  @Test
  void canBeSwitchedOff() {
    runner
        .withPropertyValues("i2p.http-client.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(I2PClientHttpRequestFactory.class));
  }

  @Test
  void theSameStreamsCanBeUsedOtherwise() {
    withSite(
        runner,
        (context, site) -> {
          I2PClientHttpRequestFactory shared = context.getBean(I2PClientHttpRequestFactory.class);
          I2PClientHttpRequestFactory still =
              shared.with(new I2PHttpSettings(null, null, false, false));
          try (ClientHttpResponse response =
              still
                  .createRequest(URI.create(site.url() + "/to/x.i2p/"), HttpMethod.GET)
                  .execute()) {
            assertThat(response.getStatusCode().value()).isEqualTo(302);
          }
          assertThat(
                  get(
                      RestClient.builder().requestFactory(shared).baseUrl(site.url()).build(),
                      "/page"))
              .isEqualTo("page /page ");
          assertThat(context.getBean(StreamManager.class).stats().opened()).isEqualTo(1);
        });
  }

  private static RestClient client(AssertableApplicationContext context, PageServer site) {
    return context.getBean(RestClient.Builder.class).baseUrl(site.url()).build();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String get(RestClient client, String uri) {
    return Objects.requireNonNull(client.get().uri(uri).retrieve().body(String.class));
  }
}
