package io.i2pstreaming;

import io.i2pstreaming.identity.Destination;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.ByteChannel;
import java.time.Duration;

/**
 * One stream, as a socket. Opens no operating-system socket, makes no DNS look-up, accepts TCP
 * options and ignores them.
 */
public final class I2PSocket extends Socket {
  // helper F: private constructor(s) with a SocketImpl whose methods throw, every public method
  // overridden

  /** The peer; IllegalStateException before the stream is connected. */
  public Destination remoteDestination() {
    throw new UnsupportedOperationException("seam");
  }

  /** The peer's address with its port. */
  public I2PAddress remoteAddress() {
    throw new UnsupportedOperationException("seam");
  }

  /** The figures of this stream. */
  public StreamStats stats() {
    throw new UnsupportedOperationException("seam");
  }

  /** Ends the stream at once: the peer sees a reset, unread and unsent bytes are lost. */
  public void reset() {
    throw new UnsupportedOperationException("seam");
  }

  /**
   * Waits until the peer has acknowledged every byte written so far; false after {@code timeout}.
   */
  public boolean awaitAcknowledged(Duration timeout) throws IOException {
    throw new UnsupportedOperationException("seam");
  }

  /** How long a write may wait for room; zero waits without limit. */
  public void setWriteTimeout(Duration timeout) {
    throw new UnsupportedOperationException("seam");
  }

  /** A blocking channel over the same stream. */
  public ByteChannel channel() throws IOException {
    throw new UnsupportedOperationException("seam");
  }
}
