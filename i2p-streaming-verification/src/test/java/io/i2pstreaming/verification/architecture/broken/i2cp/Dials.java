package io.i2pstreaming.verification.architecture.broken.i2cp;

import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;

/** Breaks a rule: bytes must come by parameters. */
final class Dials {
  private Dials() {}

  static boolean socket(Socket socket) {
    return socket.isConnected();
  }

  static SocketChannel channel() throws IOException {
    return SocketChannel.open();
  }
}
