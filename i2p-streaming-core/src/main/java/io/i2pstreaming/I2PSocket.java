package io.i2pstreaming;

import io.i2pstreaming.facade.Latest;
import io.i2pstreaming.facade.PipeChannel;
import io.i2pstreaming.facade.PipeInputStream;
import io.i2pstreaming.facade.PipeOutputStream;
import io.i2pstreaming.facade.StreamEnd;
import io.i2pstreaming.identity.Destination;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One stream, as a socket. Opens no operating-system socket, makes no DNS look-up, accepts TCP
 * options and ignores them. Thread-safe: one thread may read while another one writes.
 */
// Volatile fields instead: a lock would pin virtual threads.
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
public final class I2PSocket extends TcpOptionSocket {
  private static final AtomicIntegerFieldUpdater<I2PSocket> DIALLED =
      AtomicIntegerFieldUpdater.newUpdater(I2PSocket.class, "dialled");

  private final StreamManager manager;

  /** 1 once it is dialled or accepted; set by {@link #DIALLED}. */
  private volatile int dialled;

  private volatile @Nullable StreamEnd end;
  private volatile boolean connected;
  private volatile boolean bound;
  private volatile int localPort;
  private volatile boolean closed;
  private volatile boolean inputShutDown;
  private volatile boolean outputShutDown;
  private volatile int soTimeoutMillis;
  private volatile long writeTimeoutNanos;

  /** −1 while the options decide. */
  private volatile long inactivityTimeoutNanos = -1;

  /** An unconnected socket. */
  I2PSocket(StreamManager manager) throws SocketException {
    this.manager = manager;
    soTimeoutMillis = (int) manager.options().readTimeout().toMillis();
    writeTimeoutNanos = manager.options().writeTimeout().toNanos();
  }

  /** The socket of a stream that is open, or that a peer dialled. */
  I2PSocket(StreamManager manager, StreamEnd end) throws SocketException {
    this(manager);
    dialled = 1;
    connected = true;
    use(end);
  }

  private void use(StreamEnd stream) {
    end = stream;
    localPort = stream.localPort();
    bound = true;
    stream.receive().timeoutNanos(soTimeoutMillis * 1_000_000L);
    stream.send().timeoutNanos(writeTimeoutNanos);
    if (inactivityTimeoutNanos >= 0) {
      stream.inactivityTimeout(inactivityTimeoutNanos);
    }
  }

  /** The peer; IllegalStateException before the stream is connected. */
  public Destination remoteDestination() {
    StreamEnd stream = end;
    Destination peer = stream == null ? null : stream.peer();
    if (peer == null) {
      throw new IllegalStateException("the socket is not connected");
    }
    return peer;
  }

  /** The peer's address with its port; IllegalStateException before the stream is connected. */
  public I2PAddress remoteAddress() {
    return I2PAddress.of(remoteDestination(), getPort());
  }

  /** The figures of this stream; of an unconnected one, all zero. */
  public StreamStats stats() {
    StreamEnd stream = end;
    return stream == null ? StreamFigures.unconnected(localPort) : StreamFigures.of(stream);
  }

  /** Ends the stream at once: the peer sees a reset, unread and unsent bytes are lost. */
  public void reset() {
    closed = true;
    StreamEnd stream = end;
    if (stream != null) {
      stream.reset();
    }
  }

  /**
   * Waits until the peer has acknowledged every byte written so far; false after {@code timeout}.
   */
  public boolean awaitAcknowledged(Duration timeout) throws IOException {
    return stream().send().awaitReleased(Latest.nanos(timeout));
  }

  /** How long a write may wait for room; zero waits without limit. */
  public void setWriteTimeout(Duration timeout) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("a write timeout is not negative");
    }
    writeTimeoutNanos = Latest.nanos(timeout);
    StreamEnd stream = end;
    if (stream != null) {
      stream.send().timeoutNanos(writeTimeoutNanos);
    }
  }

  /**
   * How much silence this stream allows before its inactivity action (see {@link
   * StreamingOptions#inactivityAction}) is taken; zero is any. Without this call, what the options
   * say.
   */
  public void setInactivityTimeout(Duration timeout) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("an inactivity timeout is not negative");
    }
    inactivityTimeoutNanos = Latest.nanos(timeout);
    StreamEnd stream = end;
    if (stream != null) {
      stream.inactivityTimeout(inactivityTimeoutNanos);
    }
  }

  /** A blocking channel over the same stream. */
  public ByteChannel channel() throws IOException {
    StreamEnd stream = stream();
    return new PipeChannel(stream.receive(), stream.send(), this, this::isClosed);
  }

  /** Writes the packets of this stream from now on to a file; see {@link PacketTrace}. */
  public PacketTrace trace(Path file) throws IOException {
    return manager.trace(stream(), file, PacketTrace.DEFAULT_MAX_BYTES);
  }

  private StreamEnd stream() throws SocketException {
    if (closed) {
      throw new SocketException("Socket is closed");
    }
    StreamEnd stream = end;
    if (stream == null || !connected) {
      throw new SocketException("Socket is not connected");
    }
    return stream;
  }

  @Override
  public void connect(SocketAddress address) throws IOException {
    connect(address, 0);
  }

  /**
   * Dials an {@link I2PAddress}, or the host string of a resolved or unresolved {@link
   * InetSocketAddress}; never asks DNS.
   *
   * @param timeoutMillis the connect timeout; 0 takes the manager's
   */
  @Override
  public void connect(SocketAddress address, int timeoutMillis) throws IOException {
    notNegative(timeoutMillis, "timeout");
    StreamingOptions options = manager.options();
    if (timeoutMillis > 0) {
      options = options.toBuilder().set("connectTimeout", timeoutMillis + "ms").build();
    }
    connect(I2PAddress.dialled(address), options);
  }

  /** Dials and waits for the answer. */
  void connect(I2PAddress target, StreamingOptions options) throws IOException {
    if (closed) {
      throw new SocketException("Socket is closed");
    }
    if (!DIALLED.compareAndSet(this, 0, 1)) {
      throw new SocketException("already connected");
    }
    StreamEnd stream = manager.newStream(target, options, localPort);
    use(stream);
    if (closed) {
      stream.close();
    }
    Consumer<@Nullable Throwable> observed = manager.dialBegun();
    try {
      manager.dial(stream, target, options);
      connected = true;
    } catch (IOException | RuntimeException e) {
      close();
      observed.accept(e);
      throw e;
    }
    observed.accept(null);
  }

  /** Takes the port, if any, as the stream's local I2P port; null takes port 0. */
  @Override
  public void bind(@Nullable SocketAddress address) throws IOException {
    if (closed) {
      throw new SocketException("Socket is closed");
    }
    if (dialled != 0 || bound) {
      throw new SocketException("Already bound");
    }
    if (address instanceof I2PAddress local) {
      localPort = local.port();
    } else if (address instanceof InetSocketAddress local) {
      localPort = local.getPort();
    } else if (address != null) {
      throw new IllegalArgumentException("not an I2PAddress or InetSocketAddress");
    }
    bound = true;
  }

  /** Null: there is no IP address, and anything else would invite a reverse DNS look-up. */
  @Override
  @SuppressWarnings("NullAway") // What JDK sockets answer while they are not connected.
  public InetAddress getInetAddress() {
    return null;
  }

  /** The loopback address, which needs no look-up; callers of JDK sockets never see null here. */
  @Override
  public InetAddress getLocalAddress() {
    return InetAddress.getLoopbackAddress();
  }

  /** The peer's I2P port; 0 while not connected. */
  @Override
  public int getPort() {
    StreamEnd stream = end;
    return stream == null ? 0 : stream.remotePort();
  }

  /** Our I2P port; −1 while not bound. */
  @Override
  public int getLocalPort() {
    return bound ? localPort : -1;
  }

  /** The peer's {@link I2PAddress}, or null while not connected. */
  @Override
  @SuppressWarnings("NullAway") // As the JDK's.
  public SocketAddress getRemoteSocketAddress() {
    return connected ? remoteAddress() : null;
  }

  /** Our own {@link I2PAddress}, or null while not bound. */
  @Override
  @SuppressWarnings("NullAway") // As the JDK's.
  public SocketAddress getLocalSocketAddress() {
    return bound ? I2PAddress.of(manager.destination(), localPort) : null;
  }

  /** Null: there is no NIO channel; see {@link #channel()}. */
  @Override
  @SuppressWarnings("NullAway") // As the JDK's.
  public SocketChannel getChannel() {
    return null;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    StreamEnd stream = stream();
    if (inputShutDown) {
      throw new SocketException("Socket input is shutdown");
    }
    return new PipeInputStream(stream.receive(), this);
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    StreamEnd stream = stream();
    if (outputShutDown) {
      throw new SocketException("Socket output is shutdown");
    }
    return new PipeOutputStream(stream.send(), this);
  }

  /**
   * Sends in the background what was written, then CLOSE; never waits. With {@code SO_LINGER} 0 it
   * resets the stream instead.
   */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    StreamEnd stream = end;
    if (stream == null) {
      return;
    }
    if (getSoLinger() == 0) {
      stream.reset();
    } else {
      stream.close();
    }
  }

  /** Later reads see the end of the stream; what still arrives is thrown away. */
  @Override
  public void shutdownInput() throws IOException {
    StreamEnd stream = stream();
    inputShutDown = true;
    stream.receive().shutdown();
  }

  /** Sends in the background what was written, then CLOSE; reading goes on. */
  @Override
  public void shutdownOutput() throws IOException {
    StreamEnd stream = stream();
    outputShutDown = true;
    stream.shutdownOutput();
  }

  @Override
  public boolean isConnected() {
    return connected;
  }

  @Override
  public boolean isBound() {
    return bound;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public boolean isInputShutdown() {
    return inputShutDown;
  }

  @Override
  public boolean isOutputShutdown() {
    return outputShutDown;
  }

  /** How long a read waits, milliseconds; 0 waits without limit. A timeout loses nothing. */
  @Override
  public void setSoTimeout(int timeoutMillis) {
    soTimeoutMillis = notNegative(timeoutMillis, "timeout");
    StreamEnd stream = end;
    if (stream != null) {
      stream.receive().timeoutNanos(timeoutMillis * 1_000_000L);
    }
  }

  @Override
  public int getSoTimeout() {
    return soTimeoutMillis;
  }

  /** Names the stream, not the peer: this goes into logs. */
  @Override
  public String toString() {
    StreamEnd stream = end;
    if (stream == null) {
      return closed ? "I2PSocket[closed]" : "I2PSocket[unconnected]";
    }
    return "I2PSocket[stream "
        + stream.id()
        + ", port "
        + stream.localPort()
        + (stream.incoming() ? " from " : " to ")
        + stream.remotePort()
        + (closed ? ", closed]" : "]");
  }
}
