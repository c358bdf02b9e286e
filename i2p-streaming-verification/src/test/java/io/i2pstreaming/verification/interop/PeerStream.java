package io.i2pstreaming.verification.interop;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** One stream of either implementation: what an exchange or a service needs of it. */
interface PeerStream extends Closeable {
  InputStream input() throws IOException;

  OutputStream output() throws IOException;

  /** Says that no more bytes will be written, and goes on reading. */
  void endOutput() throws IOException;

  /** Longest time a read waits; afterwards it throws a {@code SocketTimeoutException}. */
  void readTimeout(Duration timeout) throws IOException;

  /** Waits until the peer has acknowledged everything, where the implementation can tell. */
  void awaitAcknowledged() throws IOException;

  /** Ends the stream at once, in a way the peer sees. */
  void reset() throws IOException;
}
