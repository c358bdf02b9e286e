package io.i2pstreaming;

import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.link.RouterAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.SocketFactory;

/**
 * An open destination: one identity, one session with a router, any number of streams. Thread-safe.
 *
 * <p>{@link #start()} returns at once; the session is built in the background and rebuilt, with the
 * same destination, whenever the router goes away. Streams do not survive the loss of the session.
 */
public final class StreamManager implements AutoCloseable {
  /** Collects what a manager needs. */
  public static Builder builder() {
    return new Builder();
  }

  /** Begins to open the session; returns at once. Harmless when repeated. */
  public void start() {
    throw new UnsupportedOperationException("seam");
  }

  /**
   * Waits until the session is up; false after {@code timeout}. Throws when it can never come up.
   */
  public boolean awaitUp(Duration timeout) throws IOException, InterruptedException {
    throw new UnsupportedOperationException("seam");
  }

  /** The name it was built with, for metrics, health and threads. */
  public String name() {
    throw new UnsupportedOperationException("seam");
  }

  /** This manager's own destination; known before the session is up. */
  public Destination destination() {
    throw new UnsupportedOperationException("seam");
  }

  /** Where the session stands. */
  public SessionState state() {
    throw new UnsupportedOperationException("seam");
  }

  /** The options that new streams get. */
  public StreamingOptions options() {
    throw new UnsupportedOperationException("seam");
  }

  /**
   * Dials and waits for the answer; waits for the session first, within the same connect timeout.
   */
  public I2PSocket connect(I2PAddress address) throws IOException {
    throw new UnsupportedOperationException("seam");
  }

  /** Dials with other options than the manager's. */
  public I2PSocket connect(I2PAddress address, StreamingOptions options) throws IOException {
    throw new UnsupportedOperationException("seam");
  }

  /** Dials without waiting. Cancelling the future gives the attempt up. */
  public CompletableFuture<I2PSocket> connectAsync(I2PAddress address) {
    throw new UnsupportedOperationException("seam");
  }

  /** An unconnected socket, to be connected by {@code connect(SocketAddress)}. */
  public I2PSocket newSocket() {
    throw new UnsupportedOperationException("seam");
  }

  /**
   * Accepts streams to {@code port}, also before the session is up; 0 takes what nobody else takes.
   */
  public I2PServerSocket listen(int port) throws IOException {
    throw new UnsupportedOperationException("seam");
  }

  /** Sends an echo request and waits for the reply. */
  public Duration ping(I2PAddress address, Duration timeout) throws IOException {
    throw new UnsupportedOperationException("seam");
  }

  /** Finds the destination of a Base64, base32 or host name; fails with Unreachable. */
  public CompletableFuture<Destination> lookup(String name) {
    throw new UnsupportedOperationException("seam");
  }

  /** Makes sockets that resolve host names through the router only. */
  public SocketFactory socketFactory() {
    throw new UnsupportedOperationException("seam");
  }

  /** Totals since the start. */
  public ManagerStats stats() {
    throw new UnsupportedOperationException("seam");
  }

  /** The open streams. */
  public List<StreamStats> streams() {
    throw new UnsupportedOperationException("seam");
  }

  /** Resets the open stream with this id; false when there is none. */
  public boolean reset(long streamId) {
    throw new UnsupportedOperationException("seam");
  }

  /** Adds someone to tell; before or after the start. */
  public void addListener(StreamManagerListener listener) {
    throw new UnsupportedOperationException("seam");
  }

  /** Ends all streams and the session. Does not wait for peers. */
  @Override
  public void close() {
    throw new UnsupportedOperationException("seam");
  }

  /** Settings of a new manager. */
  public static final class Builder {
    private Builder() {}

    /** The manager's name in metrics, health and thread names; default {@code i2p}. */
    public Builder name(String name) {
      throw new UnsupportedOperationException("seam");
    }

    /** Where the router is; required. See {@code TcpRouterAddress} and the embedded router. */
    public Builder router(RouterAddress router) {
      throw new UnsupportedOperationException("seam");
    }

    /** The identity; without it a transient Ed25519 one is made. */
    public Builder keys(DestinationKeys keys) {
      throw new UnsupportedOperationException("seam");
    }

    /** Options of streams. */
    public Builder options(StreamingOptions options) {
      throw new UnsupportedOperationException("seam");
    }

    /** I2CP and tunnel options, passed to the router as written. Client-side ones are refused. */
    public Builder sessionOptions(Map<String, String> options) {
      throw new UnsupportedOperationException("seam");
    }

    /** A manager that is not started yet; IllegalArgumentException says what is wrong. */
    public StreamManager build() {
      throw new UnsupportedOperationException("seam");
    }
  }
}
