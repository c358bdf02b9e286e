package io.i2pstreaming.link;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a router: bytes out, bytes in, no meaning. Used once: opened, then closed.
 *
 * <p>{@link #write} belongs to one thread at a time. The receiver is called by a thread of the link
 * and must never block it: a router drops messages for a client that reads slowly.
 */
public interface RouterLink {
  /** Connects, within a bounded time, and starts to deliver what the router sends. */
  void open(Receiver receiver) throws IOException;

  /** Sends all bytes, in order. */
  void write(byte[] bytes, int offset, int length) throws IOException;

  /**
   * Ends the connection; harmless when repeated. The receiver's {@code closed} still comes, once.
   */
  void close();

  /** Who gets the router's bytes. */
  interface Receiver {
    /** The next bytes of the router; the array is the link's again when this returns. */
    void received(byte[] bytes, int offset, int length);

    /** No more bytes will come; {@code cause} is null when our own side closed. Called once. */
    void closed(@Nullable IOException cause);
  }
}
