package io.i2pstreaming.spring;

import io.i2pstreaming.I2PSocket;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * What a peer sends, with a deadline for all reads together: peers that send a byte now and then do
 * not move it. Not thread-safe.
 */
final class MessageInput extends InputStream {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final I2PSocket socket;
  private final InputStream in;
  private final int usualTimeoutMillis;
  private boolean limited;
  private long deadlineNanos;

  MessageInput(I2PSocket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.usualTimeoutMillis = socket.getSoTimeout();
  }

  /** Allows {@code time} from now on; zero is what the socket itself allows. */
  void allow(Duration time) {
    limited = !time.isZero();
    if (limited) {
      deadlineNanos = System.nanoTime() + time.toNanos();
    } else {
      socket.setSoTimeout(usualTimeoutMillis);
    }
  }

  /** The socket may be read by the application, with its own timeout. */
  void release() {
    limited = false;
    socket.setSoTimeout(usualTimeoutMillis);
  }

  private void beforeRead() throws SocketTimeoutException {
    if (limited) {
      long millis = (deadlineNanos - System.nanoTime() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
      if (millis <= 0) {
        throw new SocketTimeoutException("the peer took too long");
      }
      socket.setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
    }
  }

  @Override
  public int read() throws IOException {
    beforeRead();
    return in.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    beforeRead();
    return in.read(bytes, offset, length);
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }
}
