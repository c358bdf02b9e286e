package io.i2pstreaming.connection;

/**
 * The bytes that the application wants to send, seen by the connection. Offsets are absolute: they
 * count from the first byte of the stream and never wrap. Bytes stay here until they are
 * acknowledged, so that a retransmission can copy them again.
 */
public interface ByteSource {
  /** The offset behind the last byte written by the application so far. */
  long writtenThrough();

  /** The offset up to which the application asked not to wait for more bytes (flush or close). */
  long flushedThrough();

  /** Whether the application has written its last byte; {@link #writtenThrough()} is then final. */
  boolean finished();

  /**
   * Copies {@code length} bytes that start at {@code offset}; all of them written, none released.
   */
  void copy(long offset, byte[] target, int targetOffset, int length);

  /** Forgets all bytes before {@code offset}: the peer has them. Makes room for the application. */
  void release(long offset);
}
