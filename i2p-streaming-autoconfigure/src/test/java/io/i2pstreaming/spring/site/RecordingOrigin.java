package io.i2pstreaming.spring.site;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A web server that keeps every request as it came, framed as simply as can be, so that a request
 * hidden in another one would be seen.
 */
final class RecordingOrigin implements AutoCloseable {
  static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static final String END = "(end)";

  final List<String> requests = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CompletableFuture<Void> accepting;

  RecordingOrigin() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    accepting = CompletableFuture.runAsync(this::accept, threads);
  }

  Origin origin() {
    return Origin.of(null, server.getLocalPort(), false);
  }

  /** The next request that has no answer yet gets this one. */
  void answer(String text) {
    answers.add(text);
  }

  /** The next request that has no answer yet gets this one, and the connection ends. */
  void answerAndEnd(String text) {
    answers.add(text + END);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      String head = readHead(in);
      while (!head.isEmpty()) {
        requests.add(head + readBody(in, head.toLowerCase(Locale.ROOT)));
        String next = answers.poll();
        String answer = next == null ? OK : next;
        out.write(answer.replace(END, "").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        if (answer.endsWith(END)) {
          return;
        }
        head = readHead(in);
      }
    } catch (IOException e) {
      // The gateway or the test has ended.
    }
  }

  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int octet = in.read();
      if (octet < 0) {
        return "";
      }
      head.append((char) octet);
    }
    return head.toString();
  }

  private static String readBody(InputStream in, String head) throws IOException {
    int length = head.indexOf("\r\ncontent-length: ");
    if (length >= 0) {
      int from = length + "\r\ncontent-length: ".length();
      int count = Integer.parseInt(head.substring(from, head.indexOf('\r', from)));
      return new String(in.readNBytes(count), StandardCharsets.ISO_8859_1);
    }
    if (!head.contains("\r\ntransfer-encoding: chunked\r\n")) {
      return "";
    }
    StringBuilder body = new StringBuilder();
    while (true) {
      StringBuilder line = new StringBuilder();
      while (line.indexOf("\r\n") < 0) {
        int octet = in.read();
        if (octet < 0) {
          return body + "(cut off)";
        }
        line.append((char) octet);
      }
      int size = Integer.parseInt(line.toString().strip(), 16);
      if (size == 0) {
        readTrailers(in, body);
        return body.toString();
      }
      body.append(new String(in.readNBytes(size), StandardCharsets.ISO_8859_1));
      in.readNBytes(2);
    }
  }

  private static void readTrailers(InputStream in, StringBuilder body) throws IOException {
    StringBuilder trailers = new StringBuilder("\r\n");
    while (trailers.indexOf("\r\n\r\n") < 0) {
      trailers.append((char) in.read());
    }
    if (trailers.length() > 4) {
      body.append("trailers:").append(trailers);
    }
  }

  /** From its return on, connections are refused: the port lives as long as somebody accepts. */
  @Override
  public void close() throws IOException {
    server.close();
    accepting.join();
    threads.shutdownNow();
  }
}
