package io.i2pstreaming.autoconfigure.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamManagerBuilder;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.StreamingOptions;
import io.i2pstreaming.endpoint.AccessList;
import io.i2pstreaming.spring.I2PListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("D7 what operators do over HTTP")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
class EndpointOperationsTest {
  private static final Duration DEADLINE = Duration.ofMinutes(3);

  private final HttpClient http = HttpClient.newHttpClient();
  private ConfigurableApplicationContext trusting;
  private ConfigurableApplicationContext careful;

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

    @I2PListener(id = "rival", port = "7", autoStartup = "false")
    void rival(InputStream in, OutputStream out) throws IOException {
      in.transferTo(out);
    }
  }

  @BeforeAll
  void startApplications() throws Exception {
    trusting =
        start(
            "management.endpoint.i2pstreams.access=unrestricted",
            "management.endpoint.i2plisteners.access=unrestricted",
            "management.info.i2p.enabled=true");
    careful = start();
  }

  private static ConfigurableApplicationContext start(String... properties) throws Exception {
    ConfigurableApplicationContext context =
        new SpringApplicationBuilder(Application.class)
            .properties(
                "server.address=127.0.0.1",
                "server.port=0",
                "i2p.router.mode=embedded",
                "management.endpoints.web.exposure.include=i2pstreams,i2plisteners,info")
            .properties(properties)
            .run();
    for (StreamManager manager : context.getBeansOfType(StreamManager.class).values()) {
      assertThat(manager.awaitUp(DEADLINE)).isTrue();
    }
    return context;
  }

  @AfterAll
  void stop() {
    trusting.close();
    careful.close();
  }

  @Test
  void withoutBeingAllowedToNobodyChangesAnything() throws Exception {
    assertThat(get(careful, "/i2plisteners").statusCode()).isEqualTo(200);
    assertThat(get(careful, "/i2plisteners/echo").statusCode()).isEqualTo(200);
    assertThat(get(careful, "/i2pstreams/i2p").statusCode()).isEqualTo(200);
    assertThat(post(careful, "/i2plisteners/echo", "{\"action\":\"stop\"}").statusCode())
        .isEqualTo(405);
    assertThat(post(careful, "/i2pstreams/i2p", "{\"action\":\"access\"}").statusCode())
        .isEqualTo(405);
    assertThat(get(careful, "/info").body()).doesNotContain("i2p");
  }

  @Test
  void listenersAreShownPausedResumedStoppedAndStarted() throws Exception {
    JsonNode all = json(get(trusting, "/i2plisteners")).get("listeners");
    assertThat(all.propertyNames()).containsExactlyInAnyOrder("echo", "rival");
    assertThat(all.get("rival").get("state").asString()).isEqualTo("STOPPED");
    JsonNode echo = all.get("echo");
    assertThat(echo.get("manager").asString()).isEqualTo("i2p");
    assertThat(echo.get("handler").asString()).contains("echo");
    assertThat(echo.get("port").asInt()).isEqualTo(7);

    assertThat(control("echo", "pause")).isEqualTo("PAUSED");
    assertThat(json(get(trusting, "/i2plisteners/echo")).get("state").asString())
        .isEqualTo("PAUSED");
    assertThat(control("echo", "resume")).isEqualTo("RUNNING");
    echoes();
    assertThat(control("echo", "stop")).isEqualTo("STOPPED");
    assertThatExceptionOfType(StreamingException.Refused.class).isThrownBy(this::echoes);
    assertRefused(post(trusting, "/i2plisteners/echo", "{\"action\":\"pause\"}"), 409, "start it");
    assertThat(control("echo", "start")).isEqualTo("RUNNING");
    echoes();
    assertRefused(post(trusting, "/i2plisteners/rival", "{\"action\":\"start\"}"), 409, "port");
    JsonNode served = json(get(trusting, "/i2plisteners/echo"));
    while (served.get("handled").asLong() == 0) {
      LockSupport.parkNanos(10_000_000);
      served = json(get(trusting, "/i2plisteners/echo"));
    }
  }

  private String control(String id, String action) throws Exception {
    HttpResponse<String> answer =
        post(trusting, "/i2plisteners/" + id, "{\"action\":\"" + action + "\"}");
    return json(answer).get("state").asString();
  }

  private void echoes() throws IOException {
    try (I2PSocket socket = dial()) {
      socket.getOutputStream().write(1);
      socket.getOutputStream().flush();
      assertThat(socket.getInputStream().read()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"action\":\"explode\"}",
        "{\"action\":\"ping\"}",
        "{\"action\":\"ping\",\"destination\":\"\"}",
        "{\"action\":\"ping\",\"destination\":\"a b\"}",
        "{\"action\":\"ping\",\"destination\":\"x.i2p\",\"port\":65536}",
        "{\"action\":\"ping\",\"destination\":\"x.i2p\",\"timeout\":\"soon\"}",
        "{\"action\":\"ping\",\"destination\":\"x.i2p\",\"timeout\":\"3h\"}",
        "{\"action\":\"ping\",\"destination\":\"x.i2p\",\"timeout\":\"-1s\"}",
        "{\"action\":\"access\",\"mode\":\"most\"}",
        "{\"action\":\"access\",\"add\":\"someone.i2p\"}",
        "{\"action\":\"access\",\"remove\":\"AAAA\"}",
        "{\"action\":\"limit\",\"name\":\"maxConnsPerMinute\"}",
        "{\"action\":\"limit\",\"name\":\"maxConnsPerMinute\",\"value\":\"many\"}",
        "{\"action\":\"limit\",\"name\":\"maxWhatever\",\"value\":\"1\"}"
      })
  void whatCannotBeMeantIsRefusedWithASentence(String body) throws Exception {
    assertRefused(post(trusting, "/i2pstreams/i2p", body), 400, "");
    AccessList list = manager("i2pStreamManager").accessList();
    assertThat(list.size()).isZero();
  }

  @Test
  void unknownOnesAreNotFound() throws Exception {
    assertRefused(post(trusting, "/i2plisteners/none", "{\"action\":\"stop\"}"), 404, "listener");
    assertRefused(post(trusting, "/i2pstreams/none", "{\"action\":\"access\"}"), 404, "manager");
    assertRefused(post(trusting, "/i2plisteners/echo", "{\"action\":\"x\"}"), 400, "pause|resume");
    assertRefused(post(trusting, "/i2plisteners/echo", "{}"), 400, "pause|resume");
    assertThat(get(trusting, "/i2plisteners/none").statusCode()).isEqualTo(404);
    assertThat(get(trusting, "/i2pstreams/none").statusCode()).isEqualTo(404);
  }

  @Test
  void aPingSaysHowLongItTookOrWhyThereWasNoReply() throws Exception {
    String to = manager("i2pStreamManager").destination().base32();
    JsonNode pong = json(post(trusting, "/i2pstreams/dialer", ping(to)));
    assertThat(pong.get("outcome").asString()).isEqualTo("success");
    assertThat(pong.get("rttMillis").asDouble()).isPositive();
    JsonNode nobody = json(post(trusting, "/i2pstreams/dialer", ping("nobody.i2p")));
    assertThat(nobody.get("outcome").asString()).isEqualTo("error");
    assertThat(nobody.get("detail").asString()).isNotEmpty();
  }

  private static String ping(String destination) {
    return "{\"action\":\"ping\",\"destination\":\"" + destination + "\",\"timeout\":\"90s\"}";
  }

  @Test
  void theAccessListIsEditedAndObeyed() throws Exception {
    String peer = manager("dialer").destination().base32();
    try {
      assertThat(json(post(trusting, "/i2pstreams/i2p", "{\"action\":\"access\"}")).toString())
          .isEqualTo("{\"mode\":\"none\",\"entries\":[]}");
      JsonNode denied =
          json(
              post(
                  trusting,
                  "/i2pstreams/i2p",
                  "{\"action\":\"access\",\"mode\":\"deny\",\"add\":\"" + peer + "\"}"));
      assertThat(denied.get("entries").get(0).asString()).isEqualTo(peer);
      StreamManager dialer = manager("dialer");
      I2PAddress echo = I2PAddress.of(manager("i2pStreamManager").destination(), 7);
      StreamingOptions brief = dialer.options().toBuilder().set("connectTimeout", "500ms").build();
      assertThatExceptionOfType(StreamingException.ConnectTimeout.class)
          .isThrownBy(() -> dialer.connect(echo, brief));
      HttpResponse<String> shown = get(trusting, "/i2pstreams/i2p");
      assertThat(json(shown).get("manager").get("accessMode").asString()).isEqualTo("deny");
      assertThat(json(shown).get("manager").get("accessEntries").asInt()).isEqualTo(1);
      assertThat(shown.body()).doesNotContain(peer.substring(0, 8));
      json(
          post(trusting, "/i2pstreams/i2p", "{\"action\":\"access\",\"remove\":\"" + peer + "\"}"));
      echoes();
    } finally {
      manager("i2pStreamManager").accessList(AccessList.OFF);
    }
  }

  @Test
  void limitsAreChanged() throws Exception {
    String body = "{\"action\":\"limit\",\"name\":\"maxConnsPerDay\",\"value\":77}";
    JsonNode limits = json(post(trusting, "/i2pstreams/dialer", body)).get("limits");
    assertThat(limits.get("maxConnsPerDay").asString()).isEqualTo("77");
    assertThat(manager("dialer").limits().asMap()).containsEntry("maxConnsPerDay", "77");
    JsonNode shown = json(get(trusting, "/i2pstreams/dialer")).get("manager").get("limits");
    assertThat(shown.get("maxConnsPerDay").asString()).isEqualTo("77");
  }

  @Test
  void infoNamesOurOwnDestinationsWhereWanted() throws Exception {
    JsonNode info = json(get(trusting, "/info")).get("i2p");
    assertThat(info.get("dialer").get("b32").asString())
        .isEqualTo(manager("dialer").destination().base32());
    assertThat(info.propertyNames()).containsExactlyInAnyOrder("dialer", "i2p");
  }

  @Test
  void noListOfComponentsPosesAsTheApplications() throws Exception {
    assertThat(I2PStreamsEndpoint.class.getResource("/META-INF/sbom")).isNull();
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String about) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode body = JsonMapper.shared().readTree(answer.body());
    assertThat(body.get("error").asString()).contains(about).hasSizeGreaterThan(15);
  }

  private StreamManager manager(String bean) {
    return trusting.getBean(bean, StreamManager.class);
  }

  private I2PSocket dial() throws IOException {
    I2PSocket socket =
        manager("dialer").connect(I2PAddress.of(manager("i2pStreamManager").destination(), 7));
    socket.setSoTimeout((int) DEADLINE.toMillis());
    return socket;
  }

  private HttpResponse<String> get(ConfigurableApplicationContext context, String path)
      throws Exception {
    return http.send(request(context, path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(
      ConfigurableApplicationContext context, String path, String body) throws Exception {
    return http.send(
        request(context, path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(ConfigurableApplicationContext context, String path) {
    String port = context.getEnvironment().getProperty("local.server.port");
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator" + path))
        .timeout(DEADLINE);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }
}
