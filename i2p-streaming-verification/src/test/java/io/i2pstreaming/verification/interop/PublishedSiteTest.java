package io.i2pstreaming.verification.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.spring.site.SiteGateway;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.context.WebApplicationContext;

/** The JDK's HTTP client and WebSocket, through the reference library, to a published site. */
@DisplayName("D5 a published site, visited with the reference library")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class PublishedSiteTest {
  private static final int DOWNLOAD_BYTES = 20 << 20;
  private static final int CONCURRENT = 50;

  private static @Nullable EmbeddedRouter router;
  private static @Nullable ConfigurableApplicationContext application;
  private static @Nullable BridgeProcess bridge;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void start() throws Exception {
    EmbeddedRouter started = EmbeddedRouter.builder().seed(5).port(0).build();
    started.start();
    router = started;
    ConfigurableApplicationContext site =
        new SpringApplicationBuilder(SiteApplication.class)
            .web(WebApplicationType.SERVLET)
            .initializers(context -> context.getBeanFactory().registerSingleton("router", started))
            // Room for a WebSocket of another test that ends while the fifty requests begin.
            .run(
                "--server.port=0",
                "--i2p.http.publish=true",
                "--i2p.http.max-connections-per-destination=60");
    application = site;
    SiteApplication.addSocket(
        Objects.requireNonNull(((WebApplicationContext) site).getServletContext()));
    StreamManager manager = site.getBean(StreamManager.class);
    assertThat(manager.awaitUp(Duration.ofMinutes(3))).isTrue();
    bridge = new BridgeProcess(started.port(), manager.destination().base64());
  }

  @AfterAll
  static void stop() {
    // In this order: a closing application delivers the ends of its streams to whoever is there.
    if (application != null) {
      application.close();
    }
    if (bridge != null) {
      bridge.close();
    }
    if (router != null) {
      router.close();
    }
  }

  private static BridgeProcess bridge() {
    return Objects.requireNonNull(bridge);
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + bridge().port + path))
        .timeout(Duration.ofMinutes(5));
  }

  private String get(HttpRequest request) throws Exception {
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().map()).doesNotContainKeys("server", "date", "x-powered-by");
    return response.body();
  }

  @Test
  void theControllerKnowsTheReferenceByItsOwnName() throws Exception {
    assertThat(get(request("/caller").build())).isEqualTo(bridge().base32 + " " + bridge().base32);
  }

  @Test
  void whatTheCallerClaimsArrivesRemoved() throws Exception {
    String headers =
        get(
            request("/headers")
                .header("X-I2P-DestB32", "spoofed")
                .header("X_I2P_DestB32", "spoofed")
                .header("x-i2p-desthash", "spoofed")
                .header("X-Forwarded-For", "spoofed")
                .header("Forwarded", "for=spoofed")
                .header("X-Kept", "kept")
                .build());
    assertThat(headers)
        .doesNotContain("spoofed")
        .contains("\"x-i2p-destb32\":\"" + bridge().base32 + "\"", "\"x-kept\":\"kept\"");
  }

  @Test
  void fiftyRequestsAtOnceAreAllAnswered() {
    long began = System.nanoTime();
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < CONCURRENT; i++) {
      answers.add(
          client.sendAsync(
              request("/echo").POST(HttpRequest.BodyPublishers.ofString("request " + i)).build(),
              HttpResponse.BodyHandlers.ofString()));
    }
    for (int i = 0; i < CONCURRENT; i++) {
      HttpResponse<String> answer = answers.get(i).join();
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("request " + i);
    }
    figure("%d requests at once", CONCURRENT, began);
    assertThat(Objects.requireNonNull(application).getBean(SiteGateway.class).stats().requests())
        .isGreaterThanOrEqualTo(CONCURRENT);
  }

  @Test
  void aLargeDownloadArrivesIntact() throws Exception {
    long began = System.nanoTime();
    HttpResponse<InputStream> response =
        client.send(
            request("/bytes?count=" + DOWNLOAD_BYTES + "&seed=7").build(),
            HttpResponse.BodyHandlers.ofInputStream());
    PatternBytes expected = new PatternBytes(7);
    long total = 0;
    try (InputStream body = response.body()) {
      byte[] piece = new byte[16 * 1024];
      int read = body.readNBytes(piece, 0, piece.length);
      while (read > 0) {
        assertThat(expected.mismatch(piece, 0, read)).isEqualTo(-1);
        total += read;
        read = body.readNBytes(piece, 0, piece.length);
      }
    }
    assertThat(total).isEqualTo(DOWNLOAD_BYTES);
    figure("download of %d bytes", DOWNLOAD_BYTES, began);
  }

  private static void figure(String what, int count, long beganNanos) {
    System.out.printf(
        "FIGURE published site, reference library: " + what + " in %.1f s%n",
        count,
        (System.nanoTime() - beganNanos) / 1e9);
  }

  @Test
  void aWebSocketEchoes() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .buildAsync(
                URI.create("ws://127.0.0.1:" + bridge().port + "/socket"), new Listener(heard))
            .get(1, TimeUnit.MINUTES);
    String text = "x".repeat(2000);
    for (int i = 0; i < 20; i++) {
      socket.sendText(text + i, true).get(1, TimeUnit.MINUTES);
      assertThat(heard.poll(1, TimeUnit.MINUTES)).isEqualTo("you said " + text + i);
    }
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(1, TimeUnit.MINUTES);
    assertThat(heard.poll(1, TimeUnit.MINUTES)).isEqualTo("closed 1000");
  }

  /** Puts whole messages and the end into a queue. */
  private static final class Listener implements WebSocket.Listener {
    private final BlockingQueue<String> heard;
    private final StringBuilder message = new StringBuilder();

    Listener(BlockingQueue<String> heard) {
      this.heard = heard;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      message.append(text);
      if (last) {
        heard.add(message.toString());
        message.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      heard.add("closed " + status);
      return null;
    }
  }

  @Test
  void bytesBeyondAsciiSurvive() throws Exception {
    String text = "\u00e4\u20ac\ud83d\ude42";
    HttpResponse<byte[]> response =
        client.send(
            request("/echo").POST(HttpRequest.BodyPublishers.ofString(text)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo(text);
  }
}
