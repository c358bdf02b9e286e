package io.i2pstreaming.autoconfigure.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.autoconfigure.I2PRouterAutoConfiguration;
import io.i2pstreaming.autoconfigure.I2PStreamingAutoConfiguration;
import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.spring.http.I2PClientHttpRequestFactory;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import javax.net.SocketFactory;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestTemplateAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.service.HttpServiceClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import org.springframework.web.service.registry.ImportHttpServices;

@DisplayName("D4 HTTP clients of Spring over I2P")
@Timeout(300)
class I2PHttpClientAutoConfigurationTest {
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  I2PRouterAutoConfiguration.class,
                  I2PStreamingAutoConfiguration.class,
                  I2PHttpClientAutoConfiguration.class,
                  HttpClientAutoConfiguration.class,
                  ImperativeHttpClientAutoConfiguration.class,
                  RestClientAutoConfiguration.class,
                  RestTemplateAutoConfiguration.class))
          .withPropertyValues("i2p.router.mode=embedded");

  interface Pages {
    @GetExchange("/declared")
    String page();

    @PostExchange("/posted")
    String post(@RequestBody String text);
  }

  @Test
  void everyClientOfSpringBootReachesI2PAndUsesStreamsAgain() {
    runner.run(
        context -> {
          try (PageServer site = new PageServer(context.getBean(RouterAddress.class))) {
            RestClient client =
                context.getBean(RestClient.Builder.class).baseUrl(site.url()).build();
            assertThat(get(client, "/one")).isEqualTo("page /one ");
            assertThat(get(client, "/two")).isEqualTo("page /two ");
            assertThat(
                    context
                        .getBean(RestTemplateBuilder.class)
                        .build()
                        .getForObject(
                            site.url().toUpperCase(Locale.ROOT).replace("HTTP:", "http:")
                                + "/three",
                            String.class))
                .isEqualTo("page /three ");
            Pages pages =
                HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                    .build()
                    .createClient(Pages.class);
            assertThat(pages.page()).isEqualTo("page /declared ");
            assertThat(pages.post("some text")).isEqualTo("page /posted some text");
            assertThat(site.requests).hasSize(5);
            assertThat(context.getBean(StreamManager.class).stats().opened()).isEqualTo(1);
          }
        });
  }

  @Configuration(proxyBeanMethods = false)
  @ImportHttpServices(group = "pages", types = Pages.class)
  static class Groups {}

  @Test
  void groupsOfHttpInterfacesOfSpringBootReachI2P() throws Exception {
    try (EmbeddedRouter router = EmbeddedRouter.builder().seed(1).build()) {
      router.start();
      try (PageServer site = new PageServer(router)) {
        new ApplicationContextRunner()
            .withConfiguration(
                AutoConfigurations.of(
                    I2PRouterAutoConfiguration.class,
                    I2PStreamingAutoConfiguration.class,
                    I2PHttpClientAutoConfiguration.class,
                    HttpClientAutoConfiguration.class,
                    ImperativeHttpClientAutoConfiguration.class,
                    HttpServiceClientPropertiesAutoConfiguration.class,
                    RestClientAutoConfiguration.class,
                    HttpServiceClientAutoConfiguration.class))
            .withUserConfiguration(Groups.class)
            .withBean(RouterAddress.class, () -> router)
            .withPropertyValues("spring.http.serviceclient.pages.base-url=" + site.url())
            .run(
                context -> {
                  Pages pages = context.getBean(Pages.class);
                  assertThat(pages.page()).isEqualTo("page /declared ");
                  assertThat(pages.post("some text")).isEqualTo("page /posted some text");
                  assertThat(context.getBean(StreamManager.class).stats().opened()).isEqualTo(1);
                });
      }
    }
  }

  @Test
  void requestsSayLittleAboutTheirUser() {
    runner.run(
        context -> {
          try (PageServer site = new PageServer(context.getBean(RouterAddress.class))) {
            RestClient client =
                context.getBean(RestClient.Builder.class).baseUrl(site.url()).build();
            get(client, "/one");
            get(client, "/two");
            assertThat(site.requests)
                .hasSize(2)
                .allSatisfy(
                    headers ->
                        assertThat(headers)
                            .doesNotContainKeys(
                                "Cookie", "Upgrade", "Via", "Accept-language", "Referer")
                            .containsEntry(
                                "User-agent",
                                List.of(I2PClientHttpRequestFactory.COMMON_USER_AGENT)));
          }
        });
  }

  @Test
  void theFactoryOfI2PReachesNothingElseNotEvenByARedirect() {
    runner.run(
        context -> {
          try (PageServer site = new PageServer(context.getBean(RouterAddress.class))) {
            RestClient client =
                RestClient.builder()
                    .requestFactory(context.getBean(I2PClientHttpRequestFactory.class))
                    .baseUrl(site.url())
                    .build();
            String host = site.manager.destination().base32();
            assertThat(get(client, "/to/" + host + "/there")).isEqualTo("page /there ");
            assertThatThrownBy(() -> get(client, "/to/127.0.0.1:1/"))
                .isInstanceOf(ResourceAccessException.class)
                .hasMessageContaining("not an I2P address");
            assertThatThrownBy(
                    () ->
                        context
                            .getBean(I2PClientHttpRequestFactory.class)
                            .createRequest(URI.create("http://localhost/"), HttpMethod.GET))
                .isInstanceOf(UnknownHostException.class);
          }
        });
  }

  @Test
  void settingsOfSpringBootApplyToI2P() {
    runner
        .withPropertyValues("spring.http.clients.redirects=dont-follow")
        .run(
            context -> {
              try (PageServer site = new PageServer(context.getBean(RouterAddress.class))) {
                RestClient client =
                    context.getBean(RestClient.Builder.class).baseUrl(site.url()).build();
                assertThat(
                        client
                            .get()
                            .uri("/to/x.i2p/")
                            .retrieve()
                            .toBodilessEntity()
                            .getStatusCode()
                            .value())
                    .isEqualTo(302);
              }
            });
  }

  @Test
  void leavesABuilderOfATypeOfItsOwnAsItIs() {
    runner
        .withUserConfiguration(OwnBuilder.class)
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .getBean(ClientHttpRequestFactoryBuilder.class)
                    .isInstanceOf(HttpComponentsClientHttpRequestFactoryBuilder.class));
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnBuilder {
    @Bean
    HttpComponentsClientHttpRequestFactoryBuilder builder() {
      return ClientHttpRequestFactoryBuilder.httpComponents();
    }

    @Bean
    Object needsIt(HttpComponentsClientHttpRequestFactoryBuilder builder) {
      return new Object[] {builder};
    }
  }

  record Found(ClientHttpRequestFactory requests, @Nullable SocketFactory sockets) {}

  @Configuration(proxyBeanMethods = false)
  static class Searching {
    @Bean
    Found byType(ClientHttpRequestFactory requests, ObjectProvider<SocketFactory> sockets) {
      return new Found(requests, sockets.getIfAvailable());
    }

    @Bean
    Found byQualifier(
        @Qualifier("i2pClientHttpRequestFactory") ClientHttpRequestFactory requests,
        @Qualifier("i2pSocketFactory") SocketFactory sockets) {
      return new Found(requests, sockets);
    }
  }

  @Test
  void whoAsksByTypeAloneGetsSpringBootsRequestFactoryAndNoSocketFactory() {
    runner
        .withUserConfiguration(Searching.class)
        .run(
            context -> {
              Found byType = context.getBean("byType", Found.class);
              assertThat(byType.requests()).isInstanceOf(RoutingRequestFactory.class);
              assertThat(byType.sockets()).isNull();
              Found byQualifier = context.getBean("byQualifier", Found.class);
              assertThat(byQualifier.requests()).isInstanceOf(I2PClientHttpRequestFactory.class);
              assertThat(byQualifier.sockets()).isNotNull();
            });
  }

  @Test
  void worksWithoutApachesClientAndWithoutSpringBootsModule() {
    runner
        .withClassLoader(new FilteredClassLoader(CloseableHttpClient.class))
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .doesNotHaveBean(I2PClientHttpRequestFactory.class));
    new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                I2PRouterAutoConfiguration.class,
                I2PStreamingAutoConfiguration.class,
                I2PHttpClientAutoConfiguration.class))
        .withPropertyValues("i2p.router.mode=embedded")
        .withClassLoader(new FilteredClassLoader(ClientHttpRequestFactoryBuilder.class))
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasSingleBean(I2PClientHttpRequestFactory.class));
  }

  private static String get(RestClient client, String path) {
    return String.valueOf(client.get().uri(path).retrieve().body(String.class));
  }
}
