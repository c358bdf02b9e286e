package io.i2pstreaming.sample;

import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.spring.I2PListener;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/**
 * Serves one small page by HTTP/1.1 over I2P, one request per stream. Makes way for the
 * application's own web server where that is published on the same I2P port.
 */
@Component
@ConditionalOnBooleanProperty(name = "i2p.http.publish", havingValue = false, matchIfMissing = true)
class PageService {
  private static final int MAX_HEAD = 8 * 1024;
  private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(30).toMillis();

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <head><meta charset="utf-8"><title>I2P streaming sample</title></head>
      <body>
      <h1>It works</h1>
      <p>This page came over an I2P stream. Ports 7, 9 and 19 answer with echo, discard and
      chargen.</p>
      </body>
      </html>
      """;

  /** Answers one request, then the stream is closed. */
  @I2PListener(id = "page", port = "80")
  void answer(I2PSocket socket, InputStream in, OutputStream out) throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    String requestLine;
    try {
      requestLine = readHead(new BufferedInputStream(in, 2048));
    } catch (SocketTimeoutException e) {
      respond(out, "408 Request Timeout", "", "The request did not come to its end.\n", true);
      return;
    }
    String[] words = requestLine.split(" ", -1);
    if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
      respond(out, "400 Bad Request", "", "This is not an HTTP/1.1 request.\n", true);
      return;
    }
    boolean head = words[0].equals("HEAD");
    if (!head && !words[0].equals("GET")) {
      respond(out, "405 Method Not Allowed", "Allow: GET, HEAD\r\n", "Only GET and HEAD.\n", true);
    } else if (isPage(words[1])) {
      respond(out, "200 OK", "Content-Type: text/html; charset=utf-8\r\n", PAGE, !head);
    } else {
      respond(out, "404 Not Found", "", "There is only one page here: /\n", !head);
    }
  }

  /** Of a request to a proxy the target is a whole address. */
  private static boolean isPage(String target) {
    String path = target;
    if (path.toLowerCase(Locale.ROOT).startsWith("http://")) {
      int slash = path.indexOf('/', "http://".length());
      path = slash < 0 ? "/" : path.substring(slash);
    }
    int query = path.indexOf('?');
    path = query < 0 ? path : path.substring(0, query);
    return path.equals("/") || path.equals("/index.html");
  }

  /** The request line; reads the header fields to their end. Empty if it is no request. */
  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < MAX_HEAD) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
      if (next == '\n' && (endsWith(head, "\r\n\r\n") || endsWith(head, "\n\n"))) {
        return head.substring(0, head.indexOf("\n")).stripTrailing();
      }
    }
    return "";
  }

  private static boolean endsWith(StringBuilder text, String end) {
    int from = text.length() - end.length();
    return from >= 0 && text.indexOf(end, from) == from;
  }

  private static void respond(
      OutputStream out, String status, String fields, String body, boolean withBody)
      throws IOException {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    String type = fields.contains("Content-Type") ? "" : "Content-Type: text/plain\r\n";
    String head =
        "HTTP/1.1 "
            + status
            + "\r\n"
            + fields
            + type
            + "Content-Length: "
            + content.length
            + "\r\nConnection: close\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    if (withBody) {
      out.write(content);
    }
    out.flush();
  }
}
