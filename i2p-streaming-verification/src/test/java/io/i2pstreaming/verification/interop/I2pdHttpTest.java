package io.i2pstreaming.verification.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.SigningKeyType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/** A web server of the JDK behind a server tunnel of i2pd, and a Spring Boot application. */
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("D4 Spring's HTTP clients and a site behind i2pd")
class I2pdHttpTest {
  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final int LARGE_BYTES = 1 << 20;

  private final Queue<String> userAgents = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private I2pdProcess router;
  private ConfigurableApplicationContext application;
  private String site;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}

  @BeforeAll
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
    int port = server.getAddress().getPort();
    String nobody =
        DestinationKeys.generate(SigningKeyType.EDDSA_SHA512_ED25519, new SecureRandom())
            .destination()
            .base32();
    router = I2pdProcess.started(List.of(port), nobody, List.of());
    site =
        "http://" + Destination.fromBase64(router.serverTunnelDestination(port)).base32() + ":80";
    List<String> properties =
        new ArrayList<>(
            List.of(
                "spring.main.banner-mode=off",
                "i2p.router.port=" + router.port,
                "i2p.startup.fail-fast=true",
                "i2p.startup.timeout=" + DEADLINE.toSeconds() + "s"));
    for (List<String> options : List.of(RemotePeer.LOCAL_OPTIONS, I2pdProcess.LEGACY_LEASE_SET)) {
      options.forEach(option -> properties.add("i2p.session.options." + option));
    }
    application =
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.NONE)
            .properties(properties.toArray(String[]::new))
            .run();
    awaitTheSite();
  }

  /** i2pd opens the I2CP port before its own tunnels can be found. */
  private void awaitTheSite() throws IOException {
    StreamManager manager = application.getBean(StreamManager.class);
    I2PAddress address =
        I2PAddress.parse(router.serverTunnelDestination(server.getAddress().getPort()), 0);
    long startNanos = System.nanoTime();
    while (true) {
      try {
        assertThat(manager.ping(address, Duration.ofSeconds(2))).isPositive();
        return;
      } catch (StreamingException e) {
        assertThat(System.nanoTime() - startNanos).as("%s", e).isLessThan(DEADLINE.toNanos());
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    userAgents.add(String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent")));
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (exchange.getRequestURI().getPath().equals("/large")) {
      body = pattern();
    } else if (body.length == 0) {
      body = exchange.getRequestURI().getPath().getBytes(StandardCharsets.US_ASCII);
    }
    exchange.getResponseHeaders().add("Content-Type", "text/plain");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static byte[] pattern() {
    byte[] bytes = new byte[LARGE_BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31 + (i >> 8));
    }
    return bytes;
  }

  @AfterAll
  void stop() throws Exception {
    if (application != null) {
      application.close();
    }
    if (router != null) {
      router.close();
    }
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  @DisplayName("RestClient and RestTemplate, 20 requests on few streams, 1 MiB each way")
  void getsAndPosts() {
    RestClient client = application.getBean(RestClient.Builder.class).baseUrl(site).build();
    long before = application.getBean(StreamManager.class).stats().opened();
    long startNanos = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      assertThat(client.get().uri("/page" + i).retrieve().body(String.class))
          .isEqualTo("/page" + i);
    }
    long streams = application.getBean(StreamManager.class).stats().opened() - before;
    System.out.printf(
        "FIGURE I2pdHttpTest: 20 requests in %d ms on %d stream(s)%n",
        (System.nanoTime() - startNanos) / 1_000_000, streams);
    assertThat(streams).as("streams are used again").isBetween(1L, 5L);

    byte[] large = pattern();
    assertThat(client.get().uri("/large").retrieve().body(byte[].class)).isEqualTo(large);
    assertThat(client.post().uri("/echo").body(large).retrieve().body(byte[].class))
        .isEqualTo(large);
    assertThat(
            application
                .getBean(RestTemplateBuilder.class)
                .build()
                .getForObject(site + "/template", String.class))
        .isEqualTo("/template");
    assertThat(userAgents).isNotEmpty().containsOnly("MYOB/6.66 (AN/ON)");
  }
}
