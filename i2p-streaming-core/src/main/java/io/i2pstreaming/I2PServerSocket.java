package io.i2pstreaming;

import java.io.IOException;
import java.net.ServerSocket;

/**
 * A listening I2P port. The handshake completes without {@code accept()}; a bounded backlog waits
 * for it.
 */
public final class I2PServerSocket extends ServerSocket {
  // helper F: constructor, overrides

  I2PServerSocket() throws IOException {
    throw new UnsupportedOperationException("seam");
  }

  @Override
  public I2PSocket accept() throws IOException {
    throw new UnsupportedOperationException("seam");
  }
}
