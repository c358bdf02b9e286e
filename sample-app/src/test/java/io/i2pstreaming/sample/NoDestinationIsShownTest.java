package io.i2pstreaming.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamManagerBuilder;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.endpoint.AccessList;
import io.i2pstreaming.identity.Destination;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("D6, D7 no destination in a log at INFO, a tag, a health detail or an endpoint")
@ExtendWith(OutputCaptureExtension.class)
class NoDestinationIsShownTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void afterStreamsThatSucceededFailedAndWereRefused(CapturedOutput output) throws Exception {
    Map<String, String> exposed = new LinkedHashMap<>();
    Map<String, String> meantToShowIt = new LinkedHashMap<>();
    List<Destination> destinations = new ArrayList<>();
    try (ConfigurableApplicationContext sample =
        new SpringApplicationBuilder(SampleApplication.class)
            .run(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--logging.level.root=info",
                "--management.endpoints.web.exposure.include=*",
                "--management.endpoint.health.show-details=always")) {
      StreamManager serving = sample.getBean("i2pStreamManager", StreamManager.class);
      StreamManager dialer = sample.getBean("dialer", StreamManager.class);
      StreamManager stranger = sample.getBean(StreamManagerBuilder.class).name("stranger").build();
      for (StreamManager manager : List.of(serving, dialer, stranger)) {
        manager.start();
        assertThat(manager.awaitUp(PATIENCE)).isTrue();
        destinations.add(manager.destination());
      }
      String base = "http://127.0.0.1:" + sample.getEnvironment().getProperty("local.server.port");
      traffic(base, serving, stranger);
      try (I2PSocket open = stranger.connect(I2PAddress.of(serving.destination(), 7))) {
        open.getOutputStream().write(1);
        open.getOutputStream().flush();
        assertThat(open.getInputStream().read()).isEqualTo(1);
        collect(base, exposed);
        get(base, "/api/destination", meantToShowIt);
      }
      stranger.close();
    }
    assertThat(exposed).containsKeys("/actuator/health", "/actuator/prometheus");
    assertThat(exposed.keySet().stream().filter(path -> path.contains("/i2p.")).count())
        .as("meters")
        .isGreaterThan(5);
    assertThat(output.getAll()).contains("the session with the router is up");
    exposed.put("the log", output.getAll());
    assertThat(meantToShowIt.get("/api/destination"))
        .as("so that it is known to be found where it is")
        .contains(spellings(destinations.get(0)).get(0), spellings(destinations.get(0)).get(2));
    for (Destination destination : destinations) {
      for (String spelling : spellings(destination)) {
        exposed.forEach((where, text) -> assertThat(text.contains(spelling)).as(where).isFalse());
      }
    }
  }

  /** Every way that a stream may go, so that whoever has something to say has said it. */
  private void traffic(String base, StreamManager serving, StreamManager stranger)
      throws Exception {
    post(base + "/api/echo?to=self", 200);
    post(base + "/api/transfer?to=" + serving.destination().base32() + "&bytes=100000", 200);
    post(base + "/api/ping?to=self", 200);
    get(base, "/api/fetch?to=self", new LinkedHashMap<>());
    get(base, "/api/fetch?to=" + stranger.destination().base32(), new LinkedHashMap<>());
    post(base + "/api/transfer?direction=up&port=4711&to=self", 502);
    try (I2PSocket rude = stranger.connect(I2PAddress.of(serving.destination(), 7))) {
      rude.getOutputStream().write(1);
      rude.getOutputStream().flush();
      assertThat(rude.getInputStream().read()).isEqualTo(1);
      rude.reset();
    }
    AccessList usual = serving.accessList();
    serving.accessList(AccessList.deny(stranger.destination().base32()));
    try (I2PSocket refused = stranger.newSocket()) {
      // Who is on a list hears nothing: only this dial waits for its timeout.
      refused.connect(I2PAddress.of(serving.destination(), 7), 500);
      refused.setSoTimeout((int) PATIENCE.toMillis());
      assertThat(refused.getInputStream().read()).isNegative();
    } catch (StreamingException e) {
      // However a stranger learns that.
    }
    serving.accessList(usual);
  }

  private void post(String address, int expected) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(address))
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString("hello"))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected);
  }

  /** Whatever the actuator shows, but the heap. */
  private void collect(String base, Map<String, String> exposed) throws Exception {
    for (JsonNode link : json(base, "/actuator", exposed).get("_links")) {
      String path = URI.create(link.get("href").asString().replaceAll("\\{.*", "")).getPath();
      if (!path.endsWith("heapdump") && !link.get("templated").asBoolean()) {
        get(base, path, exposed);
      }
    }
    for (JsonNode name : json(base, "/actuator/metrics", exposed).get("names")) {
      if (name.asString().startsWith("i2p.")) {
        get(base, "/actuator/metrics/" + name.asString(), exposed);
      }
    }
    JsonNode managers = json(base, "/actuator/i2pstreams", exposed).get("managers");
    for (String manager : managers.propertyNames()) {
      String path = "/actuator/i2pstreams/" + manager;
      for (JsonNode stream : json(base, path, exposed).get("streams")) {
        get(base, path + "/" + stream.get("id").asLong(), exposed);
      }
    }
  }

  private JsonNode json(String base, String path, Map<String, String> exposed) throws Exception {
    return JsonMapper.shared().readTree(get(base, path, exposed));
  }

  private String get(String base, String path, Map<String, String> exposed) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE).build();
    String body = http.send(request, BodyHandlers.ofString()).body();
    exposed.put(path, body);
    return body;
  }

  /** Enough of each way to write a destination or its hash to know it again. */
  private static List<String> spellings(Destination destination) throws IOException {
    byte[] hash = destination.hash().bytes();
    String hex = HexFormat.of().formatHex(hash, 0, 8);
    String base64 = Base64.getEncoder().encodeToString(hash).substring(0, 12);
    return List.of(
        destination.base32().substring(0, 8),
        destination.base32().substring(0, 8).toUpperCase(Locale.ROOT),
        destination.base64().substring(0, 16),
        hex,
        hex.toUpperCase(Locale.ROOT),
        base64,
        base64.replace('+', '-').replace('/', '~'),
        base64.replace('+', '-').replace('/', '_'));
  }
}
