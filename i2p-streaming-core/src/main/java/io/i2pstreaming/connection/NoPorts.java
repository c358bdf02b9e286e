package io.i2pstreaming.connection;

/**
 * The application's side of a stream that is over: nothing to send, nobody to read. Lets a
 * connection in TIME-WAIT hold no buffers.
 */
final class NoPorts implements ByteSource, ByteSink {
  static final NoPorts INSTANCE = new NoPorts();

  private NoPorts() {}

  @Override
  public long writtenThrough() {
    return 0;
  }

  @Override
  public long flushedThrough() {
    return 0;
  }

  @Override
  public boolean finished() {
    return true;
  }

  @Override
  public void copy(long offset, byte[] target, int targetOffset, int length) {
    throw new IllegalStateException("the stream is over");
  }

  @Override
  public void release(long offset) {
    // Nothing is held.
  }

  @Override
  public void deliver(byte[] bytes, int offset, int length) {
    throw new IllegalStateException("the stream is over");
  }

  @Override
  public void endOfStream() {
    // Nobody listens.
  }

  @Override
  public int unread() {
    return 0;
  }

  @Override
  public boolean abandoned() {
    return true;
  }
}
