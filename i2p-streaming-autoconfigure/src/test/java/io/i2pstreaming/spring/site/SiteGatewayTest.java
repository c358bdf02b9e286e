package io.i2pstreaming.spring.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.embedded.NetworkConditions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("D5 the gateway of a site")
@Timeout(300)
class SiteGatewayTest {
  private static final String END = "\r\n\r\n";
  private static final String GET = "GET / HTTP/1.1\r\nHost: x";
  private static final String POST = "POST / HTTP/1.1\r\nHost: x\r\n";
  private static final String CHUNKED = POST + "Transfer-Encoding: chunked" + END;
  private static final SiteSettings USUAL = SiteSettings.DEFAULTS;

  private static EmbeddedRouter router;
  private static StreamManager site;
  private static StreamManager visitor;
  private static ExecutorService threads;

  private RecordingOrigin origin;
  private SiteGateway gateway;

  @BeforeAll
  static void startNetwork() throws Exception {
    router = EmbeddedRouter.builder().build();
    router.start();
    site = StreamManager.builder().name("site").router(router).build();
    visitor = StreamManager.builder().name("visitor").router(router).build();
    for (StreamManager manager : new StreamManager[] {site, visitor}) {
      manager.start();
      assertThat(manager.awaitUp(Duration.ofMinutes(3))).isTrue();
    }
    threads = Executors.newCachedThreadPool();
  }

  @AfterAll
  static void stopNetwork() {
    visitor.close();
    site.close();
    router.close();
    threads.shutdownNow();
  }

  @BeforeEach
  void startOrigin() throws IOException {
    origin = new RecordingOrigin();
    gateway = new SiteGateway(site, USUAL, new CallerHeaders(), threads);
  }

  @AfterEach
  void stop() throws IOException {
    gateway.stopNow();
    origin.close();
    await(() -> gateway.activeStreams() == 0);
  }

  private void serve(SiteSettings settings) throws IOException {
    gateway = new SiteGateway(site, settings, new CallerHeaders(), threads);
    gateway.start(origin.origin());
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("the condition came true in time").isNegative();
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static I2PSocket dial() throws IOException {
    I2PSocket socket = visitor.connect(I2PAddress.of(site.destination(), 80));
    socket.setSoTimeout(120_000);
    return socket;
  }

  private static I2PSocket dialAndWrite(String text) throws IOException {
    I2PSocket socket = dial();
    write(socket, text);
    return socket;
  }

  private static void write(I2PSocket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** All that is answered until the stream ends. */
  private static String raw(String request) throws IOException {
    try (I2PSocket socket = dial()) {
      write(socket, request);
      return readAll(socket);
    }
  }

  private static String readAll(I2PSocket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  private static String read(I2PSocket socket, int count) throws IOException {
    return new String(socket.getInputStream().readNBytes(count), StandardCharsets.ISO_8859_1);
  }

  static Stream<Arguments> requestsThatGoNoFurther() {
    return Stream.of(
        refused(
            "length and chunks",
            400,
            POST + "Content-Length: 4\r\nTransfer-Encoding: chunked" + END + "0" + END),
        refused(
            "chunks and length",
            400,
            POST + "Transfer-Encoding: chunked\r\nContent-Length: 4" + END + "0" + END),
        refused(
            "two lengths", 400, POST + "Content-Length: 4\r\nContent-Length: 5" + END + "abcde"),
        refused(
            "the same length twice",
            400,
            POST + "Content-Length: 4\r\nContent-Length: 4" + END + "abcd"),
        refused("a list of lengths", 400, POST + "Content-Length: 4, 4" + END + "abcd"),
        refused("a signed length", 400, POST + "Content-Length: +4" + END + "abcd"),
        refused("a negative length", 400, POST + "Content-Length: -4" + END),
        refused("a length in hex", 400, POST + "Content-Length: 0x4" + END + "abcd"),
        refused("an empty length", 400, POST + "Content-Length:" + END),
        refused("a length beyond any", 400, POST + "Content-Length: 99999999999999999999" + END),
        refused(
            "chunked twice",
            400,
            POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked" + END),
        refused("a list of codings", 501, POST + "Transfer-Encoding: gzip, chunked" + END),
        refused("a coding nobody knows", 501, POST + "Transfer-Encoding: xchunked" + END),
        refused("identity", 501, POST + "Transfer-Encoding: identity" + END),
        refused("chunks in HTTP/1.0", 400, "POST / HTTP/1.0\r\nTransfer-Encoding: chunked" + END),
        refused("a folded header", 400, GET + "\r\nX-Long: a\r\n b" + END),
        refused("a folded header with a tab", 400, GET + "\r\nX-Long: a\r\n\tb" + END),
        refused("a first header that is folded", 400, "GET / HTTP/1.1\r\n Host: x" + END),
        refused("LF only", 400, "GET / HTTP/1.1\nHost: x\n\n"),
        refused("one LF only", 400, GET + "\nX-Smuggled: 1" + END),
        refused("CR only", 400, GET + "\rX-Smuggled: 1" + END),
        refused("NUL in a value", 400, GET + "\r\nX-A: a\0b" + END),
        refused("a control character in a name", 400, GET + "\r\nX\u0001A: b" + END),
        refused("a blank before the colon", 400, GET + "\r\nContent-Length : 4" + END),
        refused("a blank in a name", 400, GET + "\r\nX A: 4" + END),
        refused("a header without a colon", 400, GET + "\r\nContent-Length" + END),
        refused("an empty name", 400, GET + "\r\n: 4" + END),
        refused("a name that is no token", 400, GET + "\r\nX(A): 4" + END),
        refused("a name beyond ASCII", 400, GET + "\r\nX\u00e9: 4" + END),
        refused("two hosts", 400, GET + "\r\nHost: y" + END),
        refused("no host", 400, "GET / HTTP/1.1\r\nX: y" + END),
        refused("a host with a path", 400, "GET / HTTP/1.1\r\nHost: x/y" + END),
        refused("a host with a user", 400, "GET / HTTP/1.1\r\nHost: a@x" + END),
        refused("a host with a blank", 400, "GET / HTTP/1.1\r\nHost: x y" + END),
        refused("two blanks", 400, "GET  / HTTP/1.1\r\nHost: x" + END),
        refused("a blank at the end", 400, "GET / HTTP/1.1 \r\nHost: x" + END),
        refused("a tab for a blank", 400, "GET\t/ HTTP/1.1\r\nHost: x" + END),
        refused("a blank in the target", 400, "GET /a b HTTP/1.1\r\nHost: x" + END),
        refused("a fragment", 400, "GET /#a HTTP/1.1\r\nHost: x" + END),
        refused("a target beyond ASCII", 400, "GET /\u00e9 HTTP/1.1\r\nHost: x" + END),
        refused("a target that is no path", 400, "GET index.html HTTP/1.1\r\nHost: x" + END),
        refused("the target of another method", 400, "GET * HTTP/1.1\r\nHost: x" + END),
        refused("no version", 400, "GET /\r\nHost: x" + END),
        refused("HTTP/2", 505, "PRI * HTTP/2.0" + END),
        refused("HTTP/1.2", 505, "GET / HTTP/1.2\r\nHost: x" + END),
        refused("a version in lower case", 400, "GET / http/1.1\r\nHost: x" + END),
        refused("a method that is no token", 400, "G(T / HTTP/1.1\r\nHost: x" + END),
        refused("TRACE", 405, "TRACE / HTTP/1.1\r\nHost: x" + END),
        refused("CONNECT", 405, "CONNECT x:80 HTTP/1.1\r\nHost: x" + END),
        refused("many empty lines", 400, "\r\n\r\n\r\n" + GET + END),
        refused("a long line", 431, GET + "\r\nX: " + "x".repeat(9000) + END),
        refused("many headers", 431, GET + "\r\nX: y".repeat(61) + END),
        refused("TLS", 400, "\u0016\u0003\u0001\u0000\u00a5\u0001\u0000\u0000\u00a1\u0003\u0003"));
  }

  private static Arguments refused(String what, int status, String request) {
    return Arguments.of(what, status, request);
  }

  @ParameterizedTest(name = "{0} gets {1}")
  @MethodSource("requestsThatGoNoFurther")
  void refuses(String what, int status, String request) throws IOException {
    serve(USUAL);
    assertThat(raw(request + GET + END)).startsWith("HTTP/1.1 " + status + " ").contains("close");
    assertThat(origin.connections).as("no connection for %s", what).hasValue(0);
  }

  static Stream<Arguments> bodiesThatAreBroken() {
    return Stream.of(
        Arguments.of("no number", "x\r\nabc\r\n0" + END),
        Arguments.of("a sign", "+3\r\nabc\r\n0" + END),
        Arguments.of("a negative size", "-3\r\nabc\r\n0" + END),
        Arguments.of("hex as in C", "0x3\r\nabc\r\n0" + END),
        Arguments.of("a size beyond any", "fffffffffffffffff\r\nabc\r\n0" + END),
        Arguments.of("LF only", "3\nabc\r\n0" + END),
        Arguments.of("a longer chunk", "3\r\nabcd\r\n0" + END),
        Arguments.of("a blank before the size", " 3\r\nabc\r\n0" + END),
        Arguments.of("a folded trailer", "3\r\nabc\r\n0\r\nX: a\r\n b" + END),
        Arguments.of("a trailer that is none", "3\r\nabc\r\n0\r\nX" + END),
        Arguments.of("long trailers", "3\r\nabc\r\n0\r\nX: " + "x".repeat(9000) + END));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodiesThatAreBroken")
  void givesUpBodiesThatAreBroken(String what, String body) throws IOException {
    serve(USUAL);
    assertThat(raw(CHUNKED + body + GET + END)).as(what).startsWith("HTTP/1.1 4");
    assertThat(origin.requests).as("%s: no whole request", what).hasSizeLessThan(2);
    assertThat(origin.requests).allSatisfy(request -> assertThat(request).endsWith("(cut off)"));
  }

  @Test
  void writesEveryRequestAnew() throws IOException {
    serve(USUAL);
    try (I2PSocket socket = dial()) {
      write(
          socket,
          "\r\nPOST http://y.i2p:80/a?b=c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: CHUNKED\r\n"
              + "X_A: \u00e9\t1\r\nTE: trailers\r\nTrailer: X-Sum, X-I2P-Gateway\r\n\r\n"
              + "003;ext=1\r\nabc\r\n1\r\nd\r\n0\r\nX-Sum: 4\r\nX_I2P_Gateway: 1\r\n"
              + "Content-Length: 9\r\n\r\n"
              + "GET ?q HTTP/1.1".replace("?q", "http://y?q")
              + "\r\nHost: x"
              + END);
      assertThat(read(socket, 2 * RecordingOrigin.OK.length()))
          .isEqualTo(RecordingOrigin.OK + RecordingOrigin.OK);
    }
    assertThat(origin.connections).hasValue(1);
    assertThat(origin.requests).hasSize(2);
    assertThat(origin.requests.get(0))
        .startsWith("POST /a?b=c HTTP/1.1\r\nHost: y.i2p:80\r\nX_A: \u00e9\t1\r\nX-I2P-DestHash: ")
        .contains("\r\nTransfer-Encoding: chunked\r\n\r\nabcdtrailers:\r\nX-Sum: 4\r\n\r\n")
        .doesNotContain("TE:", "Trailer:", "X_I2P", "Content-Length");
    assertThat(origin.requests.get(1)).startsWith("GET /?q HTTP/1.1\r\nHost: y\r\n");
  }

  @Test
  void answersHttp10AndClosesUnlessAskedNotTo() throws IOException {
    serve(USUAL);
    origin.answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");
    assertThat(raw("GET / HTTP/1.0\r\nConnection: keep-alive\r\nExpect: 100-continue" + END))
        .isEqualTo("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nok");
    assertThat(origin.requests.get(0))
        .contains("\r\nHost: " + site.destination().base32() + "\r\n")
        .doesNotContain("Expect");
    assertThat(raw("GET / HTTP/1.0\r\nConnection: keep-alive" + END + "GET / HTTP/1.0" + END))
        .isEqualTo(
            RecordingOrigin.OK.replace("\r\n\r\n", "\r\nConnection: keep-alive\r\n\r\n")
                + RecordingOrigin.OK.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
  }

  @Test
  void passesOnInterimAnswersAndTrailersAndHidesTheirSecrets() throws IOException {
    serve(USUAL);
    origin.answer(
        lines(
            "HTTP/1.1 103 Early Hints",
            "Link: a",
            "Server: s",
            "",
            "HTTP/1.1 200 ",
            "Transfer-Encoding: chunked",
            "Connection: X-Hop",
            "X-Hop: 1",
            "Server: s",
            "Date: d",
            "",
            "2",
            "ok",
            "0",
            "X-Sum: 2",
            "X-Powered-By: p",
            ""));
    assertThat(raw(GET + "\r\nConnection: close" + END))
        .isEqualTo(
            lines(
                "HTTP/1.1 103 Early Hints",
                "Link: a",
                "",
                "HTTP/1.1 200 ",
                "Transfer-Encoding: chunked",
                "Connection: close",
                "",
                "2",
                "ok",
                "0",
                "X-Sum: 2",
                ""));
  }

  private static String lines(String... lines) {
    return String.join("\r\n", lines) + "\r\n";
  }

  @Test
  void answersForAnApplicationThatDoesNot() throws IOException {
    serve(USUAL);
    for (String nonsense :
        new String[] {
          "", "nonsense\r\n\r\n", "HTTP/1.1 200 OK\r\nX", "HTTP/1.1 101 S\r\nUpgrade: h2c\r\n\r\n"
        }) {
      origin.answerAndEnd(nonsense);
      assertThat(raw(GET + "\r\nUpgrade: h2c\r\nConnection: Upgrade" + END))
          .as(nonsense)
          .startsWith("HTTP/1.1 50");
    }
    assertThat(origin.requests).allSatisfy(seen -> assertThat(seen).doesNotContain("Upgrade"));
    origin.close();
    assertThat(raw(GET + END)).startsWith("HTTP/1.1 503 ");
    assertThat(gateway.stats().refusedBecauseOf(Refusal.UNAVAILABLE)).isEqualTo(1);
  }

  @Test
  void sendsAgainWhenTheApplicationHasEndedItsConnection() throws IOException {
    serve(USUAL);
    origin.answer(RecordingOrigin.OK);
    origin.answer("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
    try (I2PSocket socket = dial()) {
      for (int i = 0; i < 3; i++) {
        write(socket, GET + END);
        assertThat(read(socket, RecordingOrigin.OK.length())).isEqualTo(RecordingOrigin.OK);
      }
    }
    assertThat(origin.connections).hasValue(2);
  }

  private static SiteSettings settings(
      int streams, int perDestination, int perMinute, Duration peer, Duration response) {
    return new SiteSettings(
        80,
        "named",
        streams,
        perDestination,
        perMinute,
        8192,
        peer,
        peer,
        peer,
        response,
        Set.of("X-Own"));
  }

  /** With time for a head, which begins to run out when a slow machine has not written it yet. */
  private static SiteSettings impatient() {
    Duration soon = Duration.ofSeconds(2);
    return new SiteSettings(
        80,
        null,
        10,
        10,
        0,
        8192,
        Duration.ofSeconds(6),
        soon,
        soon,
        Duration.ofMinutes(1),
        Set.of());
  }

  @Test
  void doesNotWaitForCallersForEver() throws IOException {
    serve(impatient());
    try (I2PSocket silent = dial();
        I2PSocket halfHead = dialAndWrite("GET / HT");
        I2PSocket halfBody = dialAndWrite(POST + "Content-Length: 5" + END + "abc");
        I2PSocket between = dialAndWrite(GET + END)) {
      assertThat(readAll(silent)).isEmpty();
      assertThat(readAll(halfHead)).startsWith("HTTP/1.1 408");
      assertThat(readAll(halfBody)).startsWith("HTTP/1.1 408");
      assertThat(readAll(between)).isEqualTo(RecordingOrigin.OK);
    }
    await(() -> gateway.activeStreams() == 0);
  }

  @Test
  void endsDrippingHeadsAndBodiesToo() throws Exception {
    serve(impatient());
    CountDownLatch ended = new CountDownLatch(1);
    try (I2PSocket head = dialAndWrite("GET / HTTP/1.1\r\n");
        I2PSocket body = dialAndWrite(CHUNKED)) {
      threads.execute(() -> drip(head, "x", ended));
      threads.execute(() -> drip(body, "1\r\nx\r\n", ended));
      assertThat(readAll(body)).startsWith("HTTP/1.1 408");
      assertThat(readAll(head)).startsWith("HTTP/1.1 408");
    } finally {
      ended.countDown();
    }
  }

  private static void drip(I2PSocket socket, String drop, CountDownLatch ended) {
    try {
      while (!ended.await(200, TimeUnit.MILLISECONDS)) {
        write(socket, drop);
      }
    } catch (IOException | InterruptedException e) {
      // The gateway has ended the stream.
    }
  }

  /** Nothing arrives for three seconds, and then the caller goes on sending. */
  @Test
  void doesNotEndAStreamWhoseAnswerIsStillOnItsWay() throws IOException {
    Duration usual = Duration.ofMinutes(1);
    Duration body = Duration.ofSeconds(2);
    serve(new SiteSettings(80, null, 10, 10, 0, 8192, usual, usual, body, usual, Set.of()));
    try (I2PSocket caller = dial()) {
      write(caller, POST + "Content-Length: 1000" + END);
      await(() -> gateway.stats().requests() == 1);
      router.conditions(NetworkConditions.perfect().withLoss(1, 0));
      await(() -> gateway.stats().refusedBecauseOf(Refusal.TIMEOUT) == 1);
      long refusedAt = System.nanoTime();
      await(() -> System.nanoTime() - refusedAt > TimeUnit.SECONDS.toNanos(3));
      router.conditions(NetworkConditions.perfect());
      write(caller, "before the answer is sent again");
      assertThat(readAll(caller)).startsWith("HTTP/1.1 408");
    } finally {
      router.conditions(NetworkConditions.perfect());
    }
  }

  @Test
  void doesNotWaitForTheApplicationForEver() throws IOException {
    serve(settings(10, 10, 0, Duration.ofMinutes(1), Duration.ofMillis(1500)));
    origin.answer("HTTP/1.1 100 Continue\r\n\r\n");
    // On a busy machine, even the origin's invitation may come too late.
    assertThat(raw(GET + END))
        .matches("(?s)(HTTP/1.1 100 Continue\r\n\r\n)?HTTP/1.1 504 Gateway Timeout\r\n.*");
  }

  @Test
  void refusesWhatIsTooMuch() throws IOException {
    serve(settings(10, 2, 3, Duration.ofMinutes(1), Duration.ofMinutes(1)));
    try (I2PSocket first = dial();
        I2PSocket second = dial()) {
      for (I2PSocket socket : new I2PSocket[] {first, second}) {
        write(socket, POST + "X_Own: 1\r\nContent-Length: 1" + END);
      }
      await(() -> gateway.stats().requests() == 2);
      assertThat(raw(GET + END)).startsWith("HTTP/1.1 503");
      assertThat(gateway.stats().refusedBecauseOf(Refusal.DESTINATION_CONNECTIONS)).isEqualTo(1);
      write(first, "x" + GET + END);
      assertThat(read(first, 2 * RecordingOrigin.OK.length()))
          .isEqualTo(RecordingOrigin.OK + RecordingOrigin.OK);
      write(second, "x" + GET + END);
      assertThat(readAll(second)).startsWith(RecordingOrigin.OK + "HTTP/1.1 429");
      assertThat(gateway.stats().refusedBecauseOf(Refusal.REQUEST_RATE)).isEqualTo(1);
    }
    assertThat(origin.requests)
        .hasSize(3)
        .allSatisfy(seen -> assertThat(seen).contains("Host: named\r\n").doesNotContain("X_Own"));
  }

  @Test
  void endsAStreamWithoutARequestBeforeItRefusesANewOne() throws IOException {
    serve(settings(1, 1, 0, Duration.ofMinutes(1), Duration.ofMinutes(1)));
    try (I2PSocket idle = dial()) {
      write(idle, GET + END);
      assertThat(read(idle, RecordingOrigin.OK.length())).isEqualTo(RecordingOrigin.OK);
      // The answer comes before the gateway knows that its last byte is on the way.
      await(() -> gateway.idleStreams() == 1);
      try (I2PSocket busy = dial()) {
        write(busy, POST + "Content-Length: 2" + END + "a");
        assertThat(readAll(idle)).isEmpty();
        await(() -> gateway.stats().requests() == 2);
        assertThat(raw(GET + END)).startsWith("HTTP/1.1 503");
        write(busy, "b");
        assertThat(read(busy, RecordingOrigin.OK.length())).isEqualTo(RecordingOrigin.OK);
      }
    }
    assertThat(gateway.stats().refusedBecauseOf(Refusal.CONNECTIONS)).isEqualTo(1);
  }

  @Test
  void finishesRequestsUnderWayWhenItStops() throws Exception {
    serve(USUAL);
    CountDownLatch idleTold = new CountDownLatch(1);
    try (I2PSocket idle = dial();
        I2PSocket busy = dial()) {
      write(idle, GET + END);
      assertThat(read(idle, RecordingOrigin.OK.length())).isEqualTo(RecordingOrigin.OK);
      write(busy, POST + "Content-Length: 2" + END + "a");
      await(() -> gateway.stats().requests() == 2);
      gateway.stop(idleTold::countDown);
      assertThat(gateway.isRunning()).isFalse();
      assertThat(readAll(idle)).isEmpty();
      assertThat(idleTold.getCount()).isEqualTo(1);
      write(busy, "b");
      assertThat(readAll(busy))
          .isEqualTo(RecordingOrigin.OK.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
      assertThat(idleTold.await(2, TimeUnit.MINUTES)).isTrue();
    }
    gateway.start(origin.origin());
    assertThat(raw(GET + "\r\nConnection: close" + END)).startsWith("HTTP/1.1 200");
  }

  @Test
  void leavesStreamsWithoutAPortToWhoeverListensThere() throws IOException {
    try (var listener = site.listen(0)) {
      assertThat(listener.isClosed()).isFalse();
      serve(USUAL);
      assertThat(raw(GET + "\r\nConnection: close" + END)).startsWith("HTTP/1.1 200");
    }
    try (I2PSocket other = visitor.connect(I2PAddress.of(site.destination(), 80));
        InputStream in = other.getInputStream()) {
      write(other, GET + "\r\nConnection: close" + END);
      assertThat(in.read()).isEqualTo('H');
    }
  }
}
