package io.i2pstreaming.spring.site;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** One connection to the application's web server. It serves the requests of one stream. */
final class OriginConnection {
  private static final Duration LOOK = Duration.ofMillis(1);

  private final Socket socket;
  private final StrictInput in;
  private boolean used;

  private OriginConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = StrictInput.ofOrigin(socket);
  }

  static OriginConnection open(Origin origin, Duration responseTimeout)
      throws RefusedRequestException {
    int millis = (int) Math.min(Integer.MAX_VALUE, responseTimeout.toMillis());
    try {
      return new OriginConnection(origin.connect(millis));
    } catch (IOException e) {
      throw new RefusedRequestException(
          Refusal.UNAVAILABLE, "the web server took no connection: " + e);
    }
  }

  StrictInput in() {
    return in;
  }

  OutputStream out() throws IOException {
    return socket.getOutputStream();
  }

  /** Whether an earlier request has been answered here, so that it may have ended meanwhile. */
  boolean isUsed() {
    return used;
  }

  void used() {
    used = true;
  }

  /** Whether the application has not ended it since the last answer. */
  boolean isFresh() {
    if (!used) {
      return true;
    }
    try {
      in.eachWithin(LOOK, null);
      in.await();
      // The end, or bytes that nobody asked for.
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // Nobody reads or writes it any more.
    }
  }
}
