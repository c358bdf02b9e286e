package io.i2pstreaming.autoconfigure.http;

import com.sun.net.httpserver.Headers;
import io.i2pstreaming.I2PServerSocket;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.link.RouterAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** A site with a destination of its own: says the path, redirects, keeps streams open. */
final class PageServer implements AutoCloseable {
  final StreamManager manager;
  final Queue<Headers> requests = new ConcurrentLinkedQueue<>();

  /** Taken before the second half of {@code /halves} is sent. */
  final Semaphore secondHalf = new Semaphore(0);

  private final I2PServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  PageServer(RouterAddress router) throws Exception {
    manager = StreamManager.builder().name("site").router(router).build();
    manager.start();
    if (!manager.awaitUp(Duration.ofMinutes(3))) {
      throw new IOException("no session: " + manager.state());
    }
    listener = manager.listen(80);
    threads.execute(this::accept);
  }

  /** The site's URL without a path. */
  String url() {
    return "http://" + manager.destination().base32();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        I2PSocket socket = listener.accept();
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(I2PSocket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      String line = in.readLine();
      while (line != null) {
        String path = line.split(" ")[1];
        Headers headers = new Headers();
        for (String header = in.readLine();
            header != null && !header.isEmpty();
            header = in.readLine()) {
          int colon = header.indexOf(':');
          headers.add(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        requests.add(headers);
        String length = headers.getFirst("Content-Length");
        String body = "";
        if (length != null) {
          char[] chars = new char[Integer.parseInt(length)];
          int read = 0;
          while (read < chars.length) {
            read += in.read(chars, read, chars.length - read);
          }
          body = new String(chars);
        }
        respond(socket.getOutputStream(), path, body);
        if (path.equals("/last")) {
          return;
        }
        line = in.readLine();
      }
    } catch (IOException e) {
      // The client or the test has ended.
    }
  }

  private void respond(OutputStream out, String path, String sent) throws IOException {
    String status = path.startsWith("/to/") ? "302 Found" : "200 OK";
    String location =
        path.startsWith("/to/")
            ? "Location: http://" + path.substring("/to/".length()) + "\r\n"
            : "";
    String domain = path.equals("/wide") ? "; Domain=b32.i2p" : "";
    String body = "page " + path + " " + sent;
    boolean halves = path.equals("/halves");
    String response =
        "HTTP/1.1 %s\r\n%sSet-Cookie: id=1%s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, location, domain, body.length() * (halves ? 2 : 1), body);
    out.write(response.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    if (halves) {
      secondHalf.acquireUninterruptibly();
      out.write(body.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }
  }

  @Override
  public void close() {
    manager.close();
    threads.shutdownNow();
  }
}
