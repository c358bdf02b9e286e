package io.i2pstreaming.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.SigningKeyType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("G1 the sample over HTTP and over I2P")
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    // Loopback only, as everything here.
    properties = "server.address=127.0.0.1")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SampleApplicationTest {
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  private final HttpClient http = HttpClient.newHttpClient();

  @LocalServerPort private int port;
  @Autowired private StreamManager serving;
  @Autowired @Dialer private StreamManager dialer;

  @BeforeAll
  void bothSessionsComeUp() throws Exception {
    assertThat(serving.awaitUp(DEADLINE)).isTrue();
    assertThat(dialer.awaitUp(DEADLINE)).isTrue();
  }

  @Test
  void showsItsDestination() throws Exception {
    JsonNode json = json(get("/api/destination"));
    assertThat(json.propertyNames()).containsExactlyInAnyOrder("b32", "base64", "routerMode");
    Destination own = Destination.fromBase64(json.get("base64").asString());
    assertThat(own).isEqualTo(serving.destination());
    assertThat(json.get("b32").asString()).isEqualTo(own.base32());
    assertThat(json.get("routerMode").asString()).isEqualTo("embedded");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1729, 65_536, 3_000_000})
  void echoesTheBodyAsItWasSent(int length) throws Exception {
    byte[] body = new byte[length];
    new Random(length).nextBytes(body);
    HttpResponse<byte[]> answer =
        http.send(
            request("/api/echo?to=self&port=7").POST(BodyPublishers.ofByteArray(body)).build(),
            BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(body);
  }

  @Test
  void echoesABodyThatCallsItselfAForm() throws Exception {
    HttpResponse<String> answer =
        http.send(
            request("/api/echo?to=self")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("to=nobody&a=%20b+c"))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("to=nobody&a=%20b+c");
  }

  @Test
  void echoesABodyThatCallsItselfAMultipartFormOfAnySize() throws Exception {
    byte[] body = new byte[12 << 20];
    new Random(1).nextBytes(body);
    HttpResponse<byte[]> answer =
        http.send(
            request("/api/echo?to=self")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofByteArray(body))
                .build(),
            BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(body);
  }

  @Test
  void transfersEightMebibytesThroughEcho() throws Exception {
    JsonNode json = json(post("/api/transfer?to=self&bytes=8388608"));
    assertThat(json.propertyNames())
        .containsExactlyInAnyOrder(
            "bytes",
            "millis",
            "kibPerSecond",
            "intact",
            "rttMillis",
            "retransmissions",
            "connectMillis");
    assertThat(json.get("bytes").asLong()).isEqualTo(8_388_608);
    assertThat(json.get("intact").asBoolean()).isTrue();
    assertThat(json.get("millis").asLong()).isPositive();
    assertThat(json.get("kibPerSecond").asDouble()).isPositive();
    assertThat(json.get("rttMillis").asDouble()).isPositive();
    assertThat(json.get("retransmissions").isIntegralNumber()).isTrue();
    assertThat(json.get("connectMillis").isIntegralNumber()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"7,echo", "9,up", "19,down"})
  void transfersInEachDirectionByPortByNameAndByBoth(int i2pPort, String direction)
      throws Exception {
    String byPort = "&port=" + i2pPort;
    String byName = "&direction=" + direction;
    for (String query : new String[] {byPort, byName, byPort + byName}) {
      for (long bytes : new long[] {1, 100_000, 1_500_000}) {
        JsonNode json = json(post("/api/transfer?to=self&bytes=" + bytes + query));
        assertThat(json.get("intact").asBoolean()).as("%s %d", query, bytes).isTrue();
        assertThat(json.get("bytes").asLong()).isEqualTo(bytes);
      }
    }
  }

  @Test
  void dialsByBase64AndByBase32() throws Exception {
    for (String to :
        new String[] {serving.destination().base64(), serving.destination().base32()}) {
      String path = "/api/transfer?bytes=5000&direction=up&to=" + encode(to);
      assertThat(json(post(path)).get("intact").asBoolean()).isTrue();
    }
  }

  @Test
  void pings() throws Exception {
    JsonNode json = json(post("/api/ping?to=self"));
    assertThat(json.propertyNames()).containsExactly("rttMillis");
    assertThat(json.get("rttMillis").asDouble()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/transfer?to=nonsense",
        "/api/transfer?to=",
        "/api/transfer?bytes=10",
        "/api/transfer?to=self&bytes=0",
        "/api/transfer?to=self&bytes=-1",
        "/api/transfer?to=self&bytes=9999999999",
        "/api/transfer?to=self&bytes=many",
        "/api/transfer?to=self&direction=sideways",
        "/api/transfer?to=self&port=9&direction=echo",
        "/api/transfer?to=self&port=8",
        "/api/transfer?to=self&port=70000&direction=up",
        "/api/transfer?to=self&port=x",
        "/api/echo?to=AAAA",
        "/api/echo",
        "/api/echo?to=self&port=-1",
        "/api/echo?to=self&to=self",
        "/api/echo?to=%FF",
        "/api/transfer?to=self&to=self",
        "/api/transfer?to=self&bytes=1&bytes=2",
        "/api/ping?to=%FF",
        "/api/ping?to=a%20b",
        "/api/ping"
      })
  void refusesWhatCannotBeMeant(String path) throws Exception {
    assertProblem(post(path), 400, 400);
  }

  @Test
  void aQueryThatCannotBeDecodedIsRefused() throws Exception {
    // By hand: java.net.URI would not let this pass.
    for (String path : new String[] {"/api/echo", "/api/transfer", "/api/ping"}) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout((int) DEADLINE.toMillis());
        String head =
            "POST "
                + path
                + "?to=%zz HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n"
                + "Connection: close\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer)
            .as(path)
            .startsWith("HTTP/1.1 400 ")
            .contains("application/problem+json", "The query string cannot be decoded");
      }
    }
  }

  @Test
  void nobodyThereIsAProblemOfTheGateway() throws Exception {
    String unknownHost = "nobody.i2p";
    String unknownHash = "a".repeat(52) + ".b32.i2p";
    String unpublished =
        DestinationKeys.generate(SigningKeyType.EDDSA_SHA512_ED25519, new SecureRandom())
            .destination()
            .base64();
    for (String to : new String[] {unknownHost, unknownHash, unpublished}) {
      assertProblem(post("/api/transfer?bytes=10&to=" + encode(to)), 500, 599);
      assertProblem(post("/api/echo?to=" + encode(to)), 500, 599);
      if (!to.equals(unpublished)) {
        // A lost ping is only known by its timeout, too long for a test.
        assertProblem(post("/api/ping?to=" + encode(to)), 500, 599);
      }
    }
  }

  @Test
  void aPortWithoutListenerAndAPeerThatDoesNotEchoAreProblems() throws Exception {
    assertProblem(post("/api/transfer?to=self&port=4711&direction=up"), 502, 502);
    // The page takes this for a bad request, answers something short and closes.
    HttpRequest toThePage =
        request("/api/echo?to=self&port=80")
            .POST(BodyPublishers.ofString("x".repeat(1_000) + "\r\n\r\n"))
            .build();
    assertProblem(http.send(toThePage, BodyHandlers.ofString()), 502, 502);
  }

  @Test
  void healthShowsBothManagers() throws Exception {
    JsonNode health = json(get("/actuator/health"));
    assertThat(health.get("status").asString()).isEqualTo("UP");
    JsonNode managers = health.get("components").get("i2p").get("components");
    for (String name : new String[] {"i2p", "dialer"}) {
      assertThat(managers.get(name).get("status").asString()).isEqualTo("UP");
      assertThat(managers.get(name).get("details").get("state").asString()).isEqualTo("UP");
    }
    assertThat(managers.get("i2p").get("details").get("listeners").propertyNames())
        .containsExactlyInAnyOrder("echo", "discard", "chargen", "page", "summary");
  }

  @Test
  void metricsShowBothManagersAndNoDestination() throws Exception {
    json(post("/api/transfer?to=self&bytes=200000"));
    JsonNode rtt = json(get("/actuator/metrics/i2p.streaming.rtt"));
    JsonNode tags = rtt.get("availableTags");
    assertThat(tags.get(0).get("tag").asString()).isEqualTo("manager");
    assertThat(tags.get(0).get("values").valueStream().map(JsonNode::asString))
        .containsExactlyInAnyOrder("i2p", "dialer");
    for (String name : new String[] {"i2p", "dialer"}) {
      JsonNode one = json(get("/actuator/metrics/i2p.streaming.rtt?tag=manager:" + name));
      assertThat(one.get("measurements").get(0).get("value").asDouble()).as(name).isPositive();
    }
    assertThat(get("/actuator/prometheus").body())
        .contains(
            "i2p_streaming_rtt_seconds_count{",
            "i2p_streaming_retransmissions_total{",
            "i2p_streaming_connections_active{",
            "i2p_session_up{",
            "manager=\"dialer\"",
            "manager=\"i2p\"")
        .doesNotContain(
            serving.destination().base64(), serving.destination().base32().substring(0, 8));
  }

  @Test
  void endpointShowsBothManagersAndTheirOpenStreams() throws Exception {
    try (I2PSocket open = dialer.connect(I2PAddress.of(serving.destination(), 7))) {
      JsonNode managers = json(get("/actuator/i2pstreams")).get("managers");
      assertThat(managers.propertyNames()).containsExactlyInAnyOrder("i2p", "dialer");
      assertThat(managers.get("dialer").get("state").asString()).isEqualTo("UP");
      assertThat(managers.get("dialer").get("totals").get("opened").asLong()).isPositive();

      long id = open.stats().id();
      JsonNode one = json(get("/actuator/i2pstreams/dialer/" + id));
      assertThat(one.get("direction").asString()).isEqualTo("outgoing");
      assertThat(one.get("remotePort").asInt()).isEqualTo(7);
      HttpResponse<String> all = get("/actuator/i2pstreams/dialer");
      assertThat(json(all).get("streams").valueStream().map(stream -> stream.get("id").asLong()))
          .contains(id);
      assertThat(all.body()).doesNotContain(serving.destination().base32().substring(0, 8));

      // Read-only unless the operator says otherwise.
      HttpRequest delete = request("/actuator/i2pstreams/dialer/" + id).DELETE().build();
      assertThat(http.send(delete, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    }
    assertThat(get("/actuator/i2pstreams/nobody").statusCode()).isEqualTo(404);
    assertThat(get("/actuator/i2pstreams/dialer/999999999").statusCode()).isEqualTo(404);
  }

  @Test
  void asksForASummaryInJson() throws Exception {
    HttpRequest question =
        request("/api/summary?to=self")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"numbers\": [1, 2.5,\n -3]}"))
            .build();
    JsonNode summary = json(http.send(question, BodyHandlers.ofString()));
    assertThat(summary.get("count").asInt()).isEqualTo(3);
    assertThat(summary.get("sum").asDouble()).isEqualTo(0.5);
    assertThat(summary.get("largest").asDouble()).isEqualTo(2.5);
  }

  @Test
  void fetchesAPageOfASite() throws Exception {
    HttpResponse<String> page = get("/api/fetch?to=self");
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
    assertThat(page.body()).contains("<h1>It works</h1>", "came over an I2P stream");
    assertThat(get("/api/fetch?path=/other&to=self").statusCode()).isEqualTo(404);
    assertProblem(get("/api/fetch?to=nobody.i2p"), 500, 599);
    assertProblem(get("/api/fetch?to=self&path=other"), 400, 400);
    assertProblem(get("/api/fetch?to=self&path=/%20"), 400, 400);
  }

  @Test
  void servesAPageOverI2p() throws Exception {
    String page = overI2p("GET / HTTP/1.1\r\nHost: sample.i2p\r\n\r\n");
    assertThat(page).startsWith("HTTP/1.1 200 OK\r\n").contains("<h1>It works</h1>");
    int bodyAt = page.indexOf("\r\n\r\n") + 4;
    assertThat(page)
        .contains("Content-Length: " + (page.length() - bodyAt) + "\r\n")
        .contains("Connection: close\r\n");
    assertThat(overI2p("HEAD / HTTP/1.1\r\nHost: sample.i2p\r\n\r\n"))
        .isEqualTo(page.substring(0, bodyAt));
    assertThat(overI2p("GET http://sample.i2p/?a=b HTTP/1.0\r\n\r\n")).isEqualTo(page);
    assertThat(overI2p("GET /other HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 404 ");
    assertThat(overI2p("DELETE / HTTP/1.1\r\n\r\n"))
        .startsWith("HTTP/1.1 405 ")
        .contains("Allow: GET, HEAD\r\n");
    assertThat(overI2p("hello\r\n\r\n")).startsWith("HTTP/1.1 400 ");
  }

  private String overI2p(String request) throws IOException {
    try (I2PSocket socket = dialer.connect(I2PAddress.of(serving.destination(), 80))) {
      socket.setSoTimeout((int) DEADLINE.toMillis());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void assertProblem(HttpResponse<String> answer, int least, int most) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(least, most);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = JsonMapper.shared().readTree(answer.body());
    assertThat(problem.get("status").asInt()).isEqualTo(answer.statusCode());
    assertThat(problem.get("detail").asString()).matches("\\p{Lu}.{10,}\\.");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path) throws Exception {
    return http.send(request(path).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(DEADLINE);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
