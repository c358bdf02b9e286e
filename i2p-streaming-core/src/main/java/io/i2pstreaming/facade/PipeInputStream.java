package io.i2pstreaming.facade;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** A {@link ReceivePipe} as an input stream. Closing it closes its socket, as sockets' do. */
public final class PipeInputStream extends InputStream {
  private final ReceivePipe pipe;
  private final Closeable socket;

  /** A view of {@code pipe}. */
  public PipeInputStream(ReceivePipe pipe, Closeable socket) {
    this.pipe = pipe;
    this.socket = socket;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return pipe.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return pipe.read(target, offset, length);
  }

  @Override
  public int available() throws IOException {
    return pipe.available();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
