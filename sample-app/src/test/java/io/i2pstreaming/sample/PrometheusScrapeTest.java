package io.i2pstreaming.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("G3 a Prometheus scrapes the sample and answers what the dashboard asks")
class PrometheusScrapeTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void everyPanelOfTheDashboardShowsSomething(@TempDir Path folder) throws Exception {
    PrometheusServer.find("prometheus");
    try (ConfigurableApplicationContext sample =
        new SpringApplicationBuilder(SampleApplication.class)
            .run(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--i2p.http.publish=true",
                // Any port does that no listener has.
                "--i2p.http.port=81")) {
      for (StreamManager manager : sample.getBeansOfType(StreamManager.class).values()) {
        assertThat(manager.awaitUp(PATIENCE)).isTrue();
      }
      int port = Integer.parseInt(sample.getEnvironment().getProperty("local.server.port", "0"));
      visit(sample);
      transfer(port);
      try (PrometheusServer prometheus = new PrometheusServer(port, folder)) {
        // A rate needs a series to be seen twice, and to grow in between.
        prometheus.awaitResult("count_over_time(i2p_session_up[10m]) >= 2");
        transfer(port);
        prometheus.awaitResult(
            "rate(i2p_streaming_bytes_total{manager='dialer',direction='out',kind='payload'}[10m])"
                + " > 0");
        assertShown(prometheus);
      }
      String exposition = get(port, "/actuator/prometheus");
      assertThat(PrometheusServer.promtool(ours(exposition), folder)).isEmpty();
    }
  }

  private static void assertShown(PrometheusServer prometheus) throws Exception {
    List<String> asked = new ArrayList<>();
    for (JsonNode panel : dashboard().get("panels")) {
      for (JsonNode target : panel.path("targets")) {
        String expression =
            target
                .get("expr")
                .asString()
                .replace("$__rate_interval", "10m")
                .replace("$__range", "10m")
                .replace("$manager", ".*");
        assertThat(expression).doesNotContain("$");
        prometheus.awaitResult(expression);
        asked.add(expression);
      }
    }
    assertThat(asked).hasSizeGreaterThan(20);
    prometheus.awaitResult("count(i2p_session_up == 1) == 2");
    for (String positive :
        new String[] {
          "i2p_streaming_rtt_seconds_sum",
          "i2p_streaming_rto_seconds_sum",
          "i2p_streaming_window_messages_sum",
          "i2p_streaming_connections_total{outcome='success'}",
          "i2p_streaming_connect_seconds_sum{outcome='success'}",
          "i2p_streaming_listener_seconds_sum{result='success'}",
          "i2p_streaming_listener_handled_total",
          "i2p_site_requests_total",
          "i2p_streaming_packets_total{type='data'}"
        }) {
      prometheus.awaitResult(positive + " > 0");
    }
    System.out.println("Prometheus answered " + asked.size() + " expressions of the dashboard");
  }

  private static JsonNode dashboard() throws Exception {
    return JsonMapper.shared()
        .readTree(Files.readString(Path.of("..", "docs", "grafana-dashboard.json")));
  }

  /** Without what others expose, which is not ours to name. */
  private static String ours(String exposition) {
    return exposition
        .lines()
        .filter(line -> line.startsWith("i2p_") || line.matches("# (HELP|TYPE) i2p_.*"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** One request to the published site. */
  private static void visit(ConfigurableApplicationContext sample) throws Exception {
    StreamManager site = sample.getBean("i2pStreamManager", StreamManager.class);
    try (I2PSocket socket =
        sample
            .getBean("dialer", StreamManager.class)
            .connect(I2PAddress.of(site.destination(), 81))) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket
          .getOutputStream()
          .write(
              "GET /api/destination HTTP/1.1\r\nHost: a.i2p\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 200");
    }
  }

  private void transfer(int port) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/api/transfer?to=self&bytes=300000"))
            .timeout(PATIENCE)
            .POST(BodyPublishers.noBody())
            .build();
    assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  private String get(int port, String path) throws Exception {
    return http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            BodyHandlers.ofString())
        .body();
  }
}
