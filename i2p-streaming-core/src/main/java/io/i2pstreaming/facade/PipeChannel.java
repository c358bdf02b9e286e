package io.i2pstreaming.facade;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.util.function.BooleanSupplier;

/**
 * Both pipes of a stream as a blocking channel. A read gives what is there; a write takes all bytes
 * and does not wait for more of them before they are sent. Copies through a small array of its own
 * where a buffer has none.
 */
public final class PipeChannel implements ByteChannel {
  private static final int COPY_BYTES = 16 * 1024;

  private final ReceivePipe in;
  private final SendPipe out;
  private final Closeable socket;
  private final BooleanSupplier closed;

  /** A view of the pipes of {@code socket}. */
  public PipeChannel(ReceivePipe in, SendPipe out, Closeable socket, BooleanSupplier closed) {
    this.in = in;
    this.out = out;
    this.socket = socket;
    this.closed = closed;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    throwIfClosed();
    if (target.isReadOnly()) {
      throw new IllegalArgumentException("a read-only buffer cannot be read into");
    }
    if (target.hasArray()) {
      int offset = target.arrayOffset() + target.position();
      int count = in.read(target.array(), offset, target.remaining());
      target.position(target.position() + Math.max(0, count));
      return count;
    }
    byte[] copy = new byte[Math.min(COPY_BYTES, target.remaining())];
    int count = in.read(copy, 0, copy.length);
    target.put(copy, 0, Math.max(0, count));
    return count;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    throwIfClosed();
    int length = source.remaining();
    byte[] copy = new byte[Math.min(COPY_BYTES, length)];
    while (source.hasRemaining()) {
      int count = Math.min(copy.length, source.remaining());
      source.get(copy, 0, count);
      out.write(copy, 0, count);
    }
    out.flush();
    return length;
  }

  @Override
  public boolean isOpen() {
    return !closed.getAsBoolean();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void throwIfClosed() throws ClosedChannelException {
    if (closed.getAsBoolean()) {
      throw new ClosedChannelException();
    }
  }
}
