package io.i2pstreaming.spring.site;

import io.i2pstreaming.I2PSocket;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Bytes of a WebSocket in both directions, which it neither knows nor changes. Two threads, one for
 * each direction. The end of one direction is passed on; a failure ends both.
 */
final class Tunnel {
  private static final int BUFFER = 8 * 1024;

  private final I2PSocket stream;
  private final StrictInput peer;
  private final OriginConnection origin;

  Tunnel(I2PSocket stream, StrictInput peer, OriginConnection origin) {
    this.stream = stream;
    this.peer = peer;
    this.origin = origin;
  }

  void peerToOrigin() {
    try {
      copy(peer, origin.out());
      origin.shutdownOutput();
    } catch (IOException e) {
      origin.close();
    }
  }

  /** Returns when the application has said its last. */
  void originToPeer() throws IOException {
    try {
      copy(origin.in(), stream.getOutputStream());
    } finally {
      origin.close();
    }
  }

  private static void copy(StrictInput in, OutputStream out) throws IOException {
    byte[] bytes = new byte[BUFFER];
    int read = in.read(bytes, in.raw());
    while (read >= 0) {
      out.write(bytes, 0, read);
      if (!in.isReady()) {
        out.flush();
      }
      read = in.read(bytes, in.raw());
    }
    out.flush();
  }
}
