package io.i2pstreaming.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamManagerBuilder;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.endpoint.AccessList;
import io.i2pstreaming.endpoint.ConnectionLimits;
import io.i2pstreaming.spring.I2PListener;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@DisplayName("D6 D7 metrics, health and endpoint of a running application")
class OperationsTest {
  private static final Duration DEADLINE = Duration.ofMinutes(3);

  private final HttpClient http = HttpClient.newHttpClient();
  private ConfigurableApplicationContext context;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    @Bean(defaultCandidate = false)
    StreamManager dialer(StreamManagerBuilder builder) {
      return builder.name("dialer").build();
    }

    @I2PListener(id = "echo", port = "7")
    void echo(InputStream in, OutputStream out) throws IOException {
      in.transferTo(out);
    }
  }

  @AfterEach
  void close() {
    if (context != null) {
      context.close();
    }
  }

  @Test
  void healthFollowsTheSessionThroughTheLossOfTheRouter() throws Exception {
    start();
    assertThat(manager("i2pStreamManager").awaitUp(DEADLINE)).isTrue();
    awaitHealth("UP", 200);

    EmbeddedRouter router = context.getBean(EmbeddedRouter.class);
    router.close();
    awaitHealth("DOWN", 503);

    router.start();
    // The other manager may have lost its session, and have it back, before this one notices.
    await(() -> manager("i2pStreamManager").state().reconnects() == 1);
    awaitHealth("UP", 200);
    HttpResponse<String> health = get("/actuator/health/i2p/i2p");
    assertThat(health.body()).contains("\"reconnects\":1", "\"echo\":\"running\"");
    MeterRegistry meters = context.getBean(MeterRegistry.class);
    assertThat(meters.get("i2p.session.reconnects").tag("manager", "i2p").functionCounter().count())
        .isEqualTo(1);
  }

  @Test
  void anOperatorWithUnrestrictedAccessResetsAStream() throws Exception {
    start("management.endpoint.i2pstreams.access=unrestricted");
    try (I2PSocket socket = dial()) {
      long id = socket.stats().id();
      assertThat(delete("/actuator/i2pstreams/dialer/" + id)).isEqualTo(204);
      assertThatExceptionOfType(StreamingException.Reset.class)
          .isThrownBy(() -> socket.getInputStream().read());
      assertThat(delete("/actuator/i2pstreams/dialer/999999999")).isEqualTo(404);
      assertThat(delete("/actuator/i2pstreams/nobody/1")).isEqualTo(404);
    }
  }

  @Test
  void othersOnlyRead() throws Exception {
    start();
    try (I2PSocket socket = dial()) {
      String path = "/actuator/i2pstreams/dialer/" + socket.stats().id();
      assertThat(delete(path)).isEqualTo(405);
      assertThat(get(path).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aSlowAndLossyNetworkShowsInTheMeters() throws Exception {
    start(
        "i2p.router.embedded.network.latency=20ms",
        "i2p.router.embedded.network.loss=10%",
        "i2p.router.embedded.network.seed=1");
    // More than 200 packets: that not one of them is lost does not happen.
    byte[] sent = new byte[400_000];
    try (I2PSocket socket = dial()) {
      socket.setSoTimeout((int) DEADLINE.toMillis());
      Thread writer =
          new Thread(
              () -> {
                try {
                  socket.getOutputStream().write(sent);
                  socket.shutdownOutput();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      writer.start();
      assertThat(socket.getInputStream().readAllBytes()).isEqualTo(sent);
      writer.join();
    }
    MeterRegistry meters = context.getBean(MeterRegistry.class);
    var rtt = meters.get("i2p.streaming.rtt").tag("manager", "dialer").timer();
    assertThat(rtt.count()).isPositive();
    // 40 and more, but for what the machine's clock and a late acknowledgement may do to some.
    assertThat(rtt.mean(TimeUnit.MILLISECONDS)).isGreaterThanOrEqualTo(30);
    // A manager that does not answer at once is shown with its figures of before.
    var bytes =
        meters
            .get("i2p.streaming.bytes")
            .tags("manager", "dialer", "direction", "out", "kind", "payload")
            .functionCounter();
    await(() -> bytes.count() == sent.length);
    await(
        () ->
            meters
                    .get("i2p.streaming.retransmissions")
                    .tag("manager", "dialer")
                    .functionCounters()
                    .stream()
                    .mapToDouble(counter -> counter.count())
                    .sum()
                > 0);
    var delivered =
        meters
            .get("i2p.streaming.messages")
            .tags("manager", "dialer", "outcome", "delivered")
            .functionCounter();
    await(() -> delivered.count() > 0);
    var delivery = meters.get("i2p.streaming.messages.delivery").tag("manager", "dialer");
    assertThat(delivery.functionTimer().totalTime(TimeUnit.NANOSECONDS)).isPositive();
    var last = meters.get("i2p.streaming.messages.delivery.last").tag("manager", "dialer");
    assertThat(last.timeGauge().value(TimeUnit.NANOSECONDS)).isPositive();
    assertThat(meters.getMeters())
        .allSatisfy(
            meter ->
                assertThat(meter.getId().toString())
                    .doesNotContain(
                        manager("i2pStreamManager").destination().base32().substring(0, 8)));
  }

  @Test
  void refusedStreamsAndPingsAreCountedByReason() throws Exception {
    start("i2p.streaming.maxConnsPerHour=2", "i2p.streaming.limitAction=http");
    StreamManager server = manager("i2pStreamManager");
    I2PAddress echo = I2PAddress.of(server.destination(), 7);
    try (I2PSocket socket = dial()) {
      socket.getOutputStream().write(1);
      assertThat(socket.getInputStream().read()).isEqualTo(1);
    }
    manager("dialer").ping(echo, DEADLINE);
    try (I2PSocket refused = dial()) {
      assertThat(refused.getInputStream().readAllBytes()).asString().startsWith("HTTP/1.1 429 ");
    }
    await(() -> rejected("connections", "peer_rate") > 0);
    pingInVain(echo, "peer_rate");
    server.limits(ConnectionLimits.NONE);
    server.accessList(AccessList.deny(manager("dialer").destination().base32()));
    pingInVain(echo, "access");
    for (String reason :
        new String[] {"no_listener", "backlog", "access", "max_streams", "total_rate"}) {
      assertThat(rejected("connections", reason)).as(reason).isZero();
    }
  }

  /** Until one was refused for this reason: on a busy machine a ping may be sent too late. */
  private void pingInVain(I2PAddress address, String reason) {
    await(
        () -> {
          assertThatExceptionOfType(StreamingException.ConnectTimeout.class)
              .isThrownBy(() -> manager("dialer").ping(address, Duration.ofMillis(300)));
          return rejected("pings", reason) > 0;
        });
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("deadline").isNegative();
      LockSupport.parkNanos(10_000_000);
    }
  }

  private double rejected(String what, String reason) {
    return context
        .getBean(MeterRegistry.class)
        .get("i2p.streaming." + what + ".rejected")
        .tags("manager", "i2p", "reason", reason)
        .functionCounter()
        .count();
  }

  private void start(String... properties) {
    context =
        new SpringApplicationBuilder(Application.class)
            .properties(
                "server.address=127.0.0.1",
                "server.port=0",
                "i2p.router.mode=embedded",
                "management.endpoints.web.exposure.include=health,i2pstreams",
                "management.endpoint.health.show-details=always")
            .properties(properties)
            .run();
  }

  private StreamManager manager(String bean) {
    return context.getBean(bean, StreamManager.class);
  }

  private I2PSocket dial() throws IOException {
    return manager("dialer").connect(I2PAddress.of(manager("i2pStreamManager").destination(), 7));
  }

  private void awaitHealth(String status, int code) throws Exception {
    long end = System.nanoTime() + DEADLINE.toNanos();
    HttpResponse<String> health = get("/actuator/health/i2p");
    while (!health.body().startsWith("{\"components\"")
        || !health.body().endsWith("\"status\":\"" + status + "\"}")) {
      assertThat(System.nanoTime()).as(health.body()).isLessThan(end);
      LockSupport.parkNanos(10_000_000);
      health = get("/actuator/health/i2p");
    }
    assertThat(health.statusCode()).isEqualTo(code);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private int delete(String path) throws Exception {
    return http.send(HttpRequest.newBuilder(uri(path)).DELETE().build(), BodyHandlers.ofString())
        .statusCode();
  }

  private URI uri(String path) {
    return URI.create(
        "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
  }
}
