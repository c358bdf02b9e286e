package io.i2pstreaming.connection;

/**
 * Where a connection puts the peer's bytes, in order and each once, for the application to read.
 */
public interface ByteSink {
  /** Takes the next bytes of the stream. Never refuses: the connection minds {@link #unread()}. */
  void deliver(byte[] bytes, int offset, int length);

  /** The peer sent CLOSE and every byte before it was delivered. */
  void endOfStream();

  /** Bytes delivered that the application has not read yet. */
  int unread();

  /** Whether the application will read no more; bytes that still arrive have no reader. */
  boolean abandoned();
}
