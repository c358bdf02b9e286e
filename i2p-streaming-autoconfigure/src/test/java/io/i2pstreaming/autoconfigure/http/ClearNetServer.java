package io.i2pstreaming.autoconfigure.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A web server on loopback: {@code /302?location} redirects there, {@code /loop} to itself, the
 * rest is told back.
 */
final class ClearNetServer implements AutoCloseable {
  /** Method, path and body of every request. */
  final Queue<String> requests = new ConcurrentLinkedQueue<>();

  /** Paths of the requests that had credentials. */
  final Queue<String> secrets = new ConcurrentLinkedQueue<>();

  private final HttpServer server;

  static {
    // Else each answer waits for an acknowledgement of its head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  ClearNetServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Without a path. */
  String url() {
    return "http://127.0.0.1:" + port();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
    String told = exchange.getRequestMethod() + " " + path + " " + body;
    requests.add(told);
    if (exchange.getRequestHeaders().containsKey("Authorization")
        || exchange.getRequestHeaders().containsKey("Cookie")) {
      secrets.add(path);
    }
    boolean loop = path.equals("/loop");
    int status = loop ? 302 : path.matches("/30\\d") ? Integer.parseInt(path.substring(1)) : 200;
    if (status != 200) {
      exchange
          .getResponseHeaders()
          .add("Location", loop ? path : exchange.getRequestURI().getQuery());
    }
    byte[] bytes = told.getBytes(StandardCharsets.ISO_8859_1);
    exchange.getResponseHeaders().add("Content-Type", "text/plain");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
    if (!head) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
