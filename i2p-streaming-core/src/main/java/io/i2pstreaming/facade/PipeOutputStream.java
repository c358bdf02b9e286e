package io.i2pstreaming.facade;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/** A {@link SendPipe} as an output stream. Closing it closes its socket, as sockets' do. */
public final class PipeOutputStream extends OutputStream {
  private final SendPipe pipe;
  private final Closeable socket;

  /** A view of {@code pipe}. */
  public PipeOutputStream(SendPipe pipe, Closeable socket) {
    this.pipe = pipe;
    this.socket = socket;
  }

  @Override
  public void write(int value) throws IOException {
    pipe.write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    pipe.write(bytes, offset, length);
  }

  @Override
  public void flush() throws IOException {
    pipe.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
