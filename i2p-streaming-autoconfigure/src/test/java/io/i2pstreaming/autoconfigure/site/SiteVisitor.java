package io.i2pstreaming.autoconfigure.site;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.link.RouterAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.jspecify.annotations.Nullable;

/** A caller with a destination of its own. */
final class SiteVisitor implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 120_000;

  final StreamManager manager;

  SiteVisitor(RouterAddress router) throws Exception {
    manager = StreamManager.builder().name("visitor").router(router).build();
    manager.start();
    if (!manager.awaitUp(Duration.ofMinutes(3))) {
      throw new IOException("no session: " + manager.state());
    }
  }

  /** Lines of a head with their ends, and the empty one behind them. */
  static byte[] head(String... lines) {
    return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  Destination destination() {
    return manager.destination();
  }

  I2PSocket connect(Destination site, int port) throws IOException {
    I2PSocket socket = manager.connect(I2PAddress.of(site, port));
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  Connection open(Destination site) throws IOException {
    return new Connection(connect(site, 80));
  }

  /** Sends text as it is and returns all that is answered, once the stream has ended. */
  String raw(Destination site, String request) throws IOException {
    try (I2PSocket socket = connect(site, 80)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Override
  public void close() {
    manager.close();
  }

  /** A stream for one request after the other. */
  static final class Connection implements AutoCloseable {
    final I2PSocket socket;
    final DefaultBHttpClientConnection http = new DefaultBHttpClientConnection(Http1Config.DEFAULT);

    Connection(I2PSocket socket) throws IOException {
      this.socket = socket;
      http.bind(socket);
    }

    Answer send(ClassicHttpRequest request) throws IOException, HttpException {
      if (!request.containsHeader("Host")) {
        request.addHeader("Host", "site.i2p");
      }
      http.sendRequestHeader(request);
      if (request.getEntity() != null) {
        http.sendRequestEntity(request);
      }
      http.flush();
      return receive(!request.getMethod().equals("HEAD"));
    }

    private Answer receive(boolean hasBody) throws IOException, HttpException {
      ClassicHttpResponse response = http.receiveResponseHeader();
      if (hasBody && response.getCode() != 204) {
        http.receiveResponseEntity(response);
      }
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      if (response.getEntity() != null) {
        response.getEntity().writeTo(body);
        EntityUtils.consume(response.getEntity());
      }
      return new Answer(response, body.toByteArray());
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** An answer with its whole body. */
  static final class Answer {
    private final ClassicHttpResponse head;
    private final byte[] body;

    Answer(ClassicHttpResponse head, byte[] body) {
      this.head = head;
      this.body = body;
    }

    ClassicHttpResponse head() {
      return head;
    }

    byte[] body() {
      return body;
    }

    String text() {
      return new String(body, StandardCharsets.ISO_8859_1);
    }

    @Nullable String header(String name) {
      var header = head.getFirstHeader(name);
      return header == null ? null : header.getValue();
    }
  }
}
