package io.i2pstreaming.autoconfigure.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.autoconfigure.site.SiteVisitor.Answer;
import io.i2pstreaming.autoconfigure.site.SiteVisitor.Connection;
import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.I2PEncoding;
import io.i2pstreaming.spring.site.SiteGateway;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

@DisplayName("D5 the application's own web server as an I2P site")
@Timeout(300)
class I2PSiteTest {
  private static EmbeddedRouter router;
  private static ConfigurableApplicationContext application;
  private static SiteVisitor visitor;
  private static Destination site;

  @BeforeAll
  static void start() throws Exception {
    router = EmbeddedRouter.builder().build();
    router.start();
    application = SiteApplication.start(router, "--server.forward-headers-strategy=native");
    site = application.getBean(StreamManager.class).destination();
    visitor = new SiteVisitor(router);
  }

  @AfterAll
  static void stop() {
    visitor.close();
    application.close();
    router.close();
  }

  private static int webPort() {
    return ((WebServerApplicationContext) application).getWebServer().getPort();
  }

  private static ClassicHttpRequest get(String path) {
    return ClassicRequestBuilder.get(path).build();
  }

  private static Answer once(ClassicHttpRequest request) throws Exception {
    try (Connection connection = visitor.open(site)) {
      return connection.send(request);
    }
  }

  @Test
  void tellsTheApplicationWhoCalls() throws Exception {
    Destination own = visitor.destination();
    String[] told = once(get("/caller")).text().split(" ", -1);
    assertThat(told[0]).isEqualTo(own.base32());
    assertThat(told[1]).isEqualTo(I2PEncoding.base64(own.hash().bytes()));
    assertThat(told[2]).isEqualTo(own.base64());
    assertThat(InetAddress.getByName(told[3]).isLoopbackAddress()).isFalse();
    assertThat(told[3]).startsWith("fd60:db4d:ddb5:");
    assertThat(told[4]).isEqualTo(own.base32());
    assertThat(told[5]).isEqualTo(own.base32());
  }

  @Test
  void removesWhatACallerClaims() throws Exception {
    ClassicHttpRequest request = get("/headers");
    for (String name :
        List.of(
            "X-I2P-DestB32",
            "x-i2p-destb32",
            "X_I2P_DestB32",
            "X-I2P-Gateway",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "X_Forwarded_For",
            "Forwarded",
            "X-Real-IP",
            "Via",
            "Proxy",
            "Proxy-Authorization",
            "True-Client-IP",
            "X-Original-URL",
            "HTTP2-Settings")) {
      request.addHeader(name, "127.0.0.9");
    }
    request.addHeader("X-Mine", "stays");
    request.addHeader("Accept_Charset", "stays");
    request.addHeader("X-Hop", "goes");
    request.addHeader("Connection", "keep-alive, X-Hop, x-i2p-destb32");
    String seen = once(request).text();
    assertThat(seen)
        .doesNotContain("127.0.0.9", "forwarded", "x-hop", "gateway", "proxy", "http2")
        .contains("\"x-mine\":\"stays\"", "\"accept_charset\":\"stays\"")
        .contains("\"x-i2p-destb32\":\"" + visitor.destination().base32() + "\"")
        .contains("\"*url\":\"http://site.i2p/headers\"");
  }

  @Test
  void believesNobodyElse() throws Exception {
    for (String secret : List.of("", "X-I2P-Gateway: guess\r\n")) {
      String request =
          "GET %s HTTP/1.1\r\nHost: localhost\r\nX-I2P-DestB32: spoof\r\nX_I2P_DestB64: spoof\r\n"
              + "X-Forwarded-For: 10.9.9.9\r\n"
              + secret
              + "Connection: close\r\n\r\n";
      String caller = direct(request.formatted("/caller"));
      assertThat(caller).doesNotContain("spoof").endsWith("none");
      assertThat(direct(request.formatted("/headers")))
          .doesNotContain("spoof", "x-i2p", "x_i2p", "guess")
          // A proxy in front of the same server is believed as configured.
          .contains("\"*remote\":\"10.9.9.9\"");
    }
  }

  private static String direct(String request) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), webPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)
          .strip();
    }
  }

  @Test
  void knowsTheCallerInEveryDispatch() throws Exception {
    for (String path : List.of("/forwarding", "/later")) {
      assertThat(once(get(path)).text())
          .as(path)
          .contains("\"x-i2p-destb32\":\"" + visitor.destination().base32() + "\"")
          .contains("\"*remote\":\"fd60:db4d:ddb5:")
          .doesNotContain("gateway");
    }
  }

  @Test
  void saysNothingAboutTheServerAndLeavesCookiesAlone() throws Exception {
    Answer answer = once(get("/plain"));
    assertThat(answer.head().getCode()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("plain");
    assertThat(answer.header("Set-Cookie")).isEqualTo("a=b; Path=/");
    assertThat(answer.header("Content-Length")).isEqualTo("5");
    for (String name : List.of("Server", "X-Powered-By", "Alt-Svc", "Date", "Connection")) {
      assertThat(answer.header(name)).as(name).isNull();
    }
  }

  @Test
  void takesRequestAfterRequestOnOneStream() throws Exception {
    try (Connection connection = visitor.open(site)) {
      assertThat(connection.send(get("/plain")).text()).isEqualTo("plain");
      Answer head = connection.send(ClassicRequestBuilder.head("/plain").build());
      assertThat(head.header("Content-Length")).isEqualTo("5");
      assertThat(head.body()).isEmpty();
      assertThat(connection.send(get("/nothing")).head().getCode()).isEqualTo(204);
      assertThat(connection.send(get("/missing")).head().getCode()).isEqualTo(404);
      assertThat(connection.send(get("/redirect")).header("Location"))
          .isEqualTo("http://site.i2p/plain");
      assertThat(connection.send(get("/plain")).text()).isEqualTo("plain");
    }
  }

  @Test
  void servesDiallersThatNameNoPort() throws Exception {
    try (Connection connection = new Connection(visitor.connect(site, 0))) {
      assertThat(connection.send(get("/plain")).text()).isEqualTo("plain");
    }
  }

  @Test
  void answersInPiecesAsTheyCome() throws Exception {
    try (I2PSocket socket = visitor.connect(site, 80)) {
      socket
          .getOutputStream()
          .write("GET /lines HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String line = lines.readLine();
      while (!"first".equals(line)) {
        assertThat(line).isNotNull();
        line = lines.readLine();
      }
      application.getBean(SiteApplication.Pages.class).said.add("second");
      while (!"second".equals(line)) {
        assertThat(line).isNotNull();
        line = lines.readLine();
      }
    }
  }

  @Test
  void carriesBodiesOfEitherFormBothWays() throws Exception {
    byte[] body = new byte[3_000_000];
    new Random(5).nextBytes(body);
    try (Connection connection = visitor.open(site)) {
      ClassicHttpRequest counted = ClassicRequestBuilder.post("/echo").build();
      counted.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_OCTET_STREAM));
      counted.addHeader("Content-Length", String.valueOf(body.length));
      assertThat(connection.send(counted).body()).isEqualTo(body);
      ClassicHttpRequest chunked = ClassicRequestBuilder.post("/echo").build();
      chunked.setEntity(
          new InputStreamEntity(
              new ByteArrayInputStream(body), ContentType.APPLICATION_OCTET_STREAM));
      chunked.addHeader("Transfer-Encoding", "chunked");
      assertThat(connection.send(chunked).body()).isEqualTo(body);
      assertThat(connection.send(get("/plain")).text()).isEqualTo("plain");
    }
  }

  @Test
  void answersWhileTheBodyIsOnItsWay() throws Exception {
    byte[] half = new byte[100_000];
    try (I2PSocket socket = visitor.connect(site, 80)) {
      OutputStream out = socket.getOutputStream();
      out.write(
          SiteVisitor.head("POST /echo HTTP/1.1", "Host: x", "Content-Length: " + 2 * half.length));
      out.write(half);
      out.flush();
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200");
      out.write(half);
      out.write(SiteVisitor.head("GET /plain HTTP/1.1", "Host: x", "Connection: close"));
      out.flush();
      assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
          .contains("\r\n0\r\n\r\nHTTP/1.1 200")
          .endsWith("plain");
    }
  }

  @Test
  void passesOnTheInvitationToSendABody() throws Exception {
    try (I2PSocket socket = visitor.connect(site, 80)) {
      OutputStream out = socket.getOutputStream();
      out.write(
          SiteVisitor.head(
              "POST /echo HTTP/1.1",
              "Host: x",
              "Content-Length: 4",
              "Expect: 100-continue",
              "Connection: close"));
      out.flush();
      InputStream in = socket.getInputStream();
      String invitation = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
      assertThat(invitation).isEqualTo("HTTP/1.1 100");
      out.write("body".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
          .contains("HTTP/1.1 200")
          .contains("Connection: close")
          .contains("body");
    }
  }

  @Test
  void answersACallerWhoseBodyNobodyReads() throws Exception {
    String answer =
        visitor.raw(
            site,
            "POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"
                + "x".repeat(1000));
    assertThat(answer).startsWith("HTTP/1.1 403").contains("Connection: close");
  }

  /** A caller that waits for an invitation could else leave out the body and send a request. */
  @Test
  void tellsACallerThatHasNotBegunItsBodyThatTheStreamEnds() throws Exception {
    String answer =
        visitor.raw(site, "POST /missing HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
    assertThat(answer)
        .startsWith("HTTP/1.1 404")
        .contains("Transfer-Encoding: chunked", "Connection: close");
  }

  @Test
  void keepsAWebSocketOpen() throws Exception {
    try (I2PSocket socket = visitor.connect(site, 80)) {
      OutputStream out = socket.getOutputStream();
      out.write(
          SiteVisitor.head(
              "GET /socket HTTP/1.1",
              "Host: site.i2p",
              "Connection: keep-alive, Upgrade",
              "Upgrade: websocket",
              "Content-Length: 0",
              "Sec-WebSocket-Version: 13",
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
      out.flush();
      InputStream in = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.read());
      }
      assertThat(head.toString())
          .startsWith("HTTP/1.1 101")
          .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
      for (String text : List.of("one", "two")) {
        out.write(maskedText(text));
        out.flush();
        String expected = "you said " + text;
        byte[] frame = in.readNBytes(2 + expected.length());
        assertThat(frame[0]).isEqualTo((byte) 0x81);
        assertThat(new String(frame, 2, frame.length - 2, StandardCharsets.US_ASCII))
            .isEqualTo(expected);
      }
      // A frame that says goodbye, and its answer; then the application ends the connection.
      out.write(new byte[] {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0});
      out.flush();
      assertThat(in.read()).isEqualTo(0x88);
      in.readAllBytes();
    }
    assertThat(application.getBean(SiteGateway.class).stats().upgrades()).isEqualTo(1);
  }

  private static byte[] maskedText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    byte[] mask = {1, 2, 3, 4};
    byte[] frame = new byte[6 + bytes.length];
    frame[0] = (byte) 0x81;
    frame[1] = (byte) (0x80 | bytes.length);
    System.arraycopy(mask, 0, frame, 2, 4);
    for (int i = 0; i < bytes.length; i++) {
      frame[6 + i] = (byte) (bytes[i] ^ mask[i % 4]);
    }
    return frame;
  }

  @Test
  void servesManyAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(20);
    try {
      List<CompletableFuture<String>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        answers.add(
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return once(get("/caller")).text();
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                },
                threads));
      }
      for (CompletableFuture<String> answer : answers) {
        assertThat(answer.get()).startsWith(visitor.destination().base32());
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
