package io.i2pstreaming.spring.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.embedded.EmbeddedRouter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Requests with random faults, the same ones in every run. Each carries a second request in its
 * body. Whatever the gateway makes of it, the second one must not become a request of its own.
 */
@DisplayName("D5 the gateway of a site, fed with faults")
@Timeout(300)
class SiteGatewayFuzzTest {
  private static final int ROUNDS = 300;
  private static final String HIDDEN = "GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n";

  private static final List<String> PIECES =
      List.of(
          "\r",
          "\n",
          "\r\n",
          "\r\n\r\n",
          "\r\n ",
          "\t",
          " ",
          "\0",
          ":",
          ";",
          ",",
          "0\r\n\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Transfer-Encoding : chunked\r\n",
          "Transfer-Encoding:\tchunked\r\n",
          "Transfer-Encoding: identity\r\n",
          "Transfer_Encoding: chunked\r\n",
          "Content-Length: 0\r\n",
          "Content-Length: 5\r\n",
          "Content_Length: 0\r\n",
          "Content-Length: 00\r\n",
          "Connection: Content-Length\r\n",
          "Connection: Transfer-Encoding, close\r\n",
          "Upgrade: h2c\r\n",
          "Expect: 100-continue\r\n",
          "HTTP/1.0",
          "\u00a0",
          "\u0085",
          "ffffffffffffffff",
          "-1",
          "+5",
          "0x5");

  @Test
  void neverMakesTwoRequestsOfOneAndNeverHangs() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    // Long, for busy machines; the visitor ends what it sends, so that nobody waits for more.
    Duration patience = Duration.ofSeconds(30);
    SiteSettings settings =
        new SiteSettings(
            80, null, 100, 100, 0, 8192, patience, patience, patience, patience, Set.of());
    try (EmbeddedRouter router = EmbeddedRouter.builder().build();
        RecordingOrigin origin = new RecordingOrigin()) {
      router.start();
      try (StreamManager site = StreamManager.builder().name("site").router(router).build();
          StreamManager visitor = StreamManager.builder().name("visitor").router(router).build()) {
        for (StreamManager manager : List.of(site, visitor)) {
          manager.start();
          assertThat(manager.awaitUp(Duration.ofMinutes(3))).isTrue();
        }
        SiteGateway gateway = new SiteGateway(site, settings, new CallerHeaders(), threads);
        gateway.start(origin.origin());
        I2PAddress address = I2PAddress.of(site.destination(), 80);
        int answered = 0;
        int requests = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
          String request = request(new Random(seed));
          origin.requests.clear();
          if (!send(visitor, address, request).isEmpty()) {
            answered++;
          }
          for (String seen : origin.requests) {
            requests++;
            isOneRequest(seen);
            assertThat(seen.startsWith("GET /hidden") && hasBody(request))
                .as("seed %s makes two requests of one: %s", seed, request)
                .isFalse();
          }
        }
        gateway.stopNow();
        assertThat(answered).isGreaterThan(ROUNDS / 2);
        assertThat(gateway.stats().refusedBecauseOf(Refusal.MALFORMED)).isPositive();
        assertThat(requests).isGreaterThan(ROUNDS / 10);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Of one length at most, which the gateway has written itself. */
  private static void isOneRequest(String seen) {
    String head = seen.substring(0, seen.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
    assertThat(
            head.split("\r\ncontent-length:", -1).length
                + head.split("\r\ntransfer-encoding:", -1).length)
        .as(seen)
        .isLessThanOrEqualTo(3);
    assertThat(head)
        .doesNotContain("\ncontent_length:", "\ntransfer_encoding:", "\nupgrade:", "\n ");
  }

  /** Whether even the most lenient reader finds a body, into which the hidden request belongs. */
  private static boolean hasBody(String request) {
    for (String line : request.toLowerCase(Locale.ROOT).split("[\r\n]+", -1)) {
      String plain = line.replaceAll("[^a-z0-9:/-]", "");
      if (plain.startsWith("get/hidden")) {
        return false;
      }
      if (plain.equals("content-length:" + HIDDEN.length())
          || plain.startsWith("transfer-encoding:")) {
        return true;
      }
    }
    return false;
  }

  private static String request(Random random) {
    boolean chunked = random.nextBoolean();
    String body =
        chunked ? Integer.toHexString(HIDDEN.length()) + "\r\n" + HIDDEN + "\r\n0\r\n\r\n" : HIDDEN;
    String length =
        chunked ? "Transfer-Encoding: chunked\r\n" : "Content-Length: " + HIDDEN.length() + "\r\n";
    String head = "POST /first HTTP/1.1\r\nHost: x\r\nX-A: b\r\n" + length;
    // In the head, so that a body's end is only ever moved by what the head says of it.
    StringBuilder faulty = new StringBuilder(head);
    for (int faults = random.nextInt(3); faults >= 0; faults--) {
      int at = random.nextInt(faulty.length());
      switch (random.nextInt(4)) {
        case 0 -> faulty.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 1 -> faulty.insert(lineStart(faulty, at), PIECES.get(random.nextInt(PIECES.size())));
        case 2 -> faulty.setCharAt(at, (char) random.nextInt(256));
        default -> faulty.deleteCharAt(at);
      }
    }
    return faulty + "\r\n" + body;
  }

  private static int lineStart(StringBuilder text, int at) {
    return text.lastIndexOf("\r\n", at) < 0 ? 0 : text.lastIndexOf("\r\n", at) + 2;
  }

  private static String send(StreamManager visitor, I2PAddress address, String request)
      throws IOException {
    try (I2PSocket socket = visitor.connect(address)) {
      socket.setSoTimeout(60_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
