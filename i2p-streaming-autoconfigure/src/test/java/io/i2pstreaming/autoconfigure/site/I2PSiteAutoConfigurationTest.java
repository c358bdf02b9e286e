package io.i2pstreaming.autoconfigure.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.autoconfigure.I2PRouterAutoConfiguration;
import io.i2pstreaming.autoconfigure.I2PStreamingAutoConfiguration;
import io.i2pstreaming.autoconfigure.site.SiteVisitor.Answer;
import io.i2pstreaming.autoconfigure.site.SiteVisitor.Connection;
import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.spring.I2PConfigurationException;
import io.i2pstreaming.spring.site.I2PCallerFilter;
import io.i2pstreaming.spring.site.I2PCallerWebFilter;
import io.i2pstreaming.spring.site.SiteGateway;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@DisplayName("D5 applications with a site, and without one")
@ExtendWith(OutputCaptureExtension.class)
@Timeout(300)
class I2PSiteAutoConfigurationTest {
  private static EmbeddedRouter router;
  private static SiteVisitor visitor;

  private final ApplicationContextRunner plain =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  I2PRouterAutoConfiguration.class,
                  I2PStreamingAutoConfiguration.class,
                  I2PSiteAutoConfiguration.class))
          .withBean(
              "router", EmbeddedRouter.class, () -> router, bean -> bean.setDestroyMethodName(""))
          .withPropertyValues("i2p.http.publish=true");

  @BeforeAll
  static void start() throws Exception {
    router = EmbeddedRouter.builder().build();
    router.start();
    visitor = new SiteVisitor(router);
  }

  @AfterAll
  static void stop() {
    visitor.close();
    router.close();
  }

  private static Destination site(ConfigurableApplicationContext context) {
    return context.getBean(SiteGateway.class).manager().destination();
  }

  private static Answer get(Destination site, String path) throws Exception {
    try (Connection connection = visitor.open(site)) {
      return connection.send(ClassicRequestBuilder.get(path).build());
    }
  }

  private static int port(ConfigurableApplicationContext context) {
    return ((WebServerApplicationContext) context).getWebServer().getPort();
  }

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class ReactiveApplication {
    @RestController
    static class Pages {
      @GetMapping("/caller")
      Mono<String> caller(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        Destination caller = exchange.getAttribute(I2PCallerWebFilter.CALLER_ATTRIBUTE);
        return Mono.just(
            request.getHeaders().getFirst("X-I2P-DestB32")
                + " "
                + (caller == null ? "none" : caller.base32())
                + " "
                + request.getRemoteAddress()
                + " "
                + request.getHeaders().containsHeader("X-I2P-Gateway"));
      }
    }
  }

  @Test
  void reactiveApplicationsOnNettyHaveSitesToo() throws Exception {
    try (ConfigurableApplicationContext application =
        new SpringApplicationBuilder(ReactiveApplication.class)
            .web(WebApplicationType.REACTIVE)
            .initializers(context -> context.getBeanFactory().registerSingleton("router", router))
            .run("--server.port=0", "--i2p.http.publish=true")) {
      SiteApplication.awaitUp(application);
      String own = visitor.destination().base32();
      assertThat(get(site(application), "/caller").text())
          .startsWith(own + " " + own + " ")
          .contains("fd60:db4d:ddb5:")
          .endsWith(" false");
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(application))) {
        socket
            .getOutputStream()
            .write(
                SiteVisitor.head(
                    "GET /caller HTTP/1.1",
                    "Host: x",
                    "X-I2P-DestB32: spoof",
                    "X-I2P-Gateway: guess",
                    "Connection: close"));
        assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
            .contains("null none /127.0.0.1:")
            .endsWith(" false");
      }
    }
  }

  @Test
  void aServerWithTlsIsPublishedInPlain() throws Exception {
    try (ConfigurableApplicationContext application =
        SiteApplication.start(router, TestCertificate.arguments())) {
      assertThat(get(site(application), "/plain").text()).isEqualTo("plain");
      assertThat(get(site(application), "/redirect").header("Location"))
          .isEqualTo("http://site.i2p/plain");
    }
  }

  @Test
  void anotherManagerPortAndHostMayBeChosenAndThreadsMayBeVirtual(CapturedOutput output)
      throws Exception {
    try (ConfigurableApplicationContext application =
        SiteApplication.start(
            router,
            "--i2p.managers.site.i2p.streaming.preset=http",
            "--i2p.managers.other.i2p.streaming.preset=bulk",
            "--i2p.http.log-address=true",
            "--i2p.http.manager=site",
            "--i2p.http.port=8080",
            "--i2p.http.host=www.example.org",
            "--spring.threads.virtual.enabled=true",
            "--spring.main.lazy-initialization=true")) {
      Destination site = site(application);
      assertThat(application.getBean("siteStreamManager", StreamManager.class).destination())
          .isEqualTo(site);
      assertThat(output).contains("http://" + site.base32() + "/");
      try (Connection connection = new Connection(visitor.connect(site, 8080))) {
        assertThat(connection.send(ClassicRequestBuilder.get("/headers").build()).text())
            .contains("\"host\":\"www.example.org\"");
      }
    }
  }

  @Test
  void aManagementServerIsNotPublishedAndTheAddressIsNotLogged(CapturedOutput output)
      throws Exception {
    try (ConfigurableApplicationContext application =
        SiteApplication.start(router, "--management.server.port=0")) {
      String address = site(application).base32();
      assertThat(get(site(application), "/actuator/health").head().getCode()).isEqualTo(404);
      assertThat(get(site(application), "/plain").text()).isEqualTo("plain");
      assertThat(output).contains("I2P site published: port 80").doesNotContain(address);
      assertThat(output).doesNotContain(visitor.destination().base32());
    }
  }

  @Test
  void aClosingApplicationAnswersTheRequestUnderWay() throws Exception {
    ConfigurableApplicationContext application = SiteApplication.start(router);
    CompletableFuture<Void> closed;
    try (I2PSocket socket = visitor.connect(site(application), 80)) {
      socket.getOutputStream().write(SiteVisitor.head("GET /lines HTTP/1.1", "Host: x"));
      SiteApplication.Pages pages = application.getBean(SiteApplication.Pages.class);
      SiteGateway gateway = application.getBean(SiteGateway.class);
      byte[] begin = socket.getInputStream().readNBytes(12);
      assertThat(new String(begin, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
      closed = CompletableFuture.runAsync(application::close);
      while (gateway.isRunning()) {
        assertThat(closed).isNotDone();
        LockSupport.parkNanos(1_000_000);
      }
      pages.said.add("after all");
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .contains("first", "after all");
    }
    closed.get(2, TimeUnit.MINUTES);
  }

  @Test
  void startsAgainWithItsContext() throws Exception {
    try (ConfigurableApplicationContext application = SiteApplication.start(router)) {
      application.stop();
      assertThat(application.getBean(SiteGateway.class).isRunning()).isFalse();
      application.start();
      SiteApplication.awaitUp(application);
      assertThat(get(site(application), "/plain").text()).isEqualTo("plain");
    }
  }

  @Test
  void aWebServerWithoutAPortCannotBePublished() {
    assertThatThrownBy(() -> SiteApplication.start(router, "--server.port=-1"))
        .hasRootCauseInstanceOf(I2PConfigurationException.class)
        .hasStackTraceContaining("listens on no port");
  }

  @Test
  void saysWhatIsMissingWhenThereIsNoWebServerToPublish() {
    plain
        .withClassLoader(new FilteredClassLoader(WebServerApplicationContext.class))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining("there is no web server on the class path"));
  }

  @Test
  void publishesNothingWhereNoWebServerRuns() {
    plain.run(
        context -> {
          assertThat(context).hasNotFailed().doesNotHaveBean(FilterRegistrationBean.class);
          assertThat(context.getBean(SiteGateway.class).isRunning()).isFalse();
        });
    new WebApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                I2PRouterAutoConfiguration.class,
                I2PStreamingAutoConfiguration.class,
                I2PSiteAutoConfiguration.class))
        .withBean(
            "router", EmbeddedRouter.class, () -> router, bean -> bean.setDestroyMethodName(""))
        .withPropertyValues("i2p.http.publish=true")
        .run(
            context -> {
              assertThat(context).hasNotFailed().hasBean("i2pCallerFilter");
              assertThat(context.getBean(SiteGateway.class).isRunning()).isFalse();
            });
  }

  @Test
  void thereIsNothingOfItUnlessAskedFor() {
    plain
        .withPropertyValues("i2p.http.publish=false")
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .doesNotHaveBean(SiteGateway.class)
                    .doesNotHaveBean(I2PHttpProperties.class)
                    .doesNotHaveBean(I2PCallerFilter.class));
  }

  @Test
  void namesThePropertyThatIsWrong() {
    for (String wrong :
        new String[] {
          "max-connections=0",
          "port=70000",
          "header-timeout=0s",
          "manager=nobody",
          "idle-timeout=9d"
        }) {
      plain
          .withPropertyValues("i2p.http." + wrong)
          .run(
              context ->
                  assertThat(context)
                      .getFailure()
                      .hasStackTraceContaining(
                          "'i2p.http." + wrong.substring(0, wrong.indexOf('=')) + "'"));
    }
    plain
        .withPropertyValues("server.max-http-request-header-size=2MB")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining("'server.max-http-request-header-size' is 2097152B"));
  }

  @Test
  void settingsHaveTheDefaultsOfTheGateway() {
    plain.run(
        context ->
            assertThat(context.getBean(SiteGateway.class).settings())
                .isEqualTo(io.i2pstreaming.spring.site.SiteSettings.DEFAULTS));
  }
}
