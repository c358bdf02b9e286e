package io.i2pstreaming.verification.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Just enough HTTP/1.1: answers each GET of a connection with what it asked for, and of whom. */
final class PageServer {
  private PageServer() {}

  static void serve(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    OutputStream out = socket.getOutputStream();
    String request;
    while ((request = in.readLine()) != null) {
      String host = "";
      String header;
      while ((header = in.readLine()) != null && !header.isEmpty()) {
        if (header.regionMatches(true, 0, "Host:", 0, 5)) {
          host = header.substring(5).strip();
        }
      }
      byte[] body = (request.split(" ")[1] + " of " + host).getBytes(StandardCharsets.ISO_8859_1);
      String head =
          "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
              + body.length
              + "\r\n\r\n";
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      out.flush();
    }
  }
}
