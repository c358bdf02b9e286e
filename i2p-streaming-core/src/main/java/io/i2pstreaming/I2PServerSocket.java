package io.i2pstreaming;

import io.i2pstreaming.endpoint.AccessList;
import io.i2pstreaming.endpoint.ConnectionLimits;
import io.i2pstreaming.facade.Backlog;
import io.i2pstreaming.facade.NoSocketImpl;
import io.i2pstreaming.facade.SocketSettings;
import io.i2pstreaming.facade.StandingRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A listening I2P port. The handshake completes without {@code accept()}; a bounded backlog waits
 * for it. Made by {@link StreamManager#listen}; stays open while the session with the router comes
 * and goes. Thread-safe.
 */
// Volatile fields instead: a lock would pin virtual threads.
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
public final class I2PServerSocket extends ServerSocket {
  private final StreamManager manager;
  private final int port;
  private final Backlog backlog;
  private final StandingRules rules;
  private final SocketSettings settings = SocketSettings.ofServer();
  private volatile int soTimeoutMillis;
  private volatile boolean closed;

  I2PServerSocket(StreamManager manager, int port, Backlog backlog, StandingRules rules) {
    super(NoSocketImpl.INSTANCE);
    this.manager = manager;
    this.port = port;
    this.backlog = backlog;
    this.rules = rules;
  }

  /**
   * Waits for the next stream, within the timeout of {@link #setSoTimeout}.
   *
   * @throws java.net.SocketTimeoutException when none came in time
   * @throws StreamingException.Closed when this socket or its manager is closed
   */
  @Override
  public I2PSocket accept() throws IOException {
    return new I2PSocket(manager, backlog.take(soTimeoutMillis * 1_000_000L));
  }

  /** Who may open streams to this port, beside what the manager's list says. */
  public AccessList accessList() {
    return rules.now().access();
  }

  /**
   * Changes who may from now on; open streams stay. Who may not hears nothing. Pings are the
   * manager's matter.
   */
  public void accessList(AccessList list) {
    rules.access(list);
  }

  /** How many streams peers may open to this port, beside the manager's limits. */
  public ConnectionLimits limits() {
    return rules.now().limits();
  }

  /**
   * Changes the limits from now on; open streams and counts stay. {@code maxConcurrentStreams}
   * counts the streams of this port, the others the attempts to open one that the manager's rules
   * let pass. What a refused peer hears is this {@code limitAction}; whether refusals are logged is
   * the manager's matter.
   */
  public void limits(ConnectionLimits limits) {
    rules.limits(limits);
  }

  /** Refuses further streams, resets those that nobody accepted; accepted ones stay. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    manager.unlisten(this);
    backlog.close(() -> new StreamingException.Closed("the server socket is closed"));
  }

  /** The manager is closed, and so is this. */
  void managerClosed() {
    closed = true;
    backlog.close(() -> new StreamingException.Closed("the stream manager was closed"));
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  /** Always refused: {@link StreamManager#listen} binds. */
  @Override
  public void bind(@Nullable SocketAddress address) throws IOException {
    throw new SocketException("already bound; ask the stream manager to listen on another port");
  }

  /** Always refused: {@link StreamManager#listen} binds. */
  @Override
  public void bind(@Nullable SocketAddress address, int backlogLength) throws IOException {
    bind(address);
  }

  @Override
  public boolean isBound() {
    return true;
  }

  /** The I2P port; 0 stands for all that have no listener of their own. */
  @Override
  public int getLocalPort() {
    return port;
  }

  /** Our own address, with this port. */
  @Override
  public I2PAddress getLocalSocketAddress() {
    return I2PAddress.of(manager.destination(), port);
  }

  /** Null: there is no IP address. */
  @Override
  @SuppressWarnings("NullAway") // What JDK sockets answer while they are not bound.
  public InetAddress getInetAddress() {
    return null;
  }

  /** Null: there is no NIO channel. */
  @Override
  @SuppressWarnings("NullAway") // What JDK server sockets without a channel answer.
  public ServerSocketChannel getChannel() {
    return null;
  }

  /** How long {@link #accept} waits, milliseconds; 0 waits without limit. */
  @Override
  public void setSoTimeout(int timeoutMillis) {
    soTimeoutMillis = TcpOptionSocket.notNegative(timeoutMillis, "timeout");
  }

  @Override
  public int getSoTimeout() {
    return soTimeoutMillis;
  }

  @Override
  public void setReuseAddress(boolean on) {
    settings.set(StandardSocketOptions.SO_REUSEADDR, on);
  }

  @Override
  public boolean getReuseAddress() {
    return settings.get(StandardSocketOptions.SO_REUSEADDR);
  }

  @Override
  public void setReceiveBufferSize(int size) {
    settings.set(StandardSocketOptions.SO_RCVBUF, TcpOptionSocket.positive(size, "buffer size"));
  }

  @Override
  public int getReceiveBufferSize() {
    return settings.get(StandardSocketOptions.SO_RCVBUF);
  }

  @Override
  public void setPerformancePreferences(int connectionTime, int latency, int bandwidth) {
    // Nothing to prefer.
  }

  @Override
  public <T> ServerSocket setOption(SocketOption<T> name, T value) {
    settings.set(name, value);
    return this;
  }

  @Override
  public <T> T getOption(SocketOption<T> name) {
    return settings.get(name);
  }

  @Override
  public Set<SocketOption<?>> supportedOptions() {
    return settings.supported();
  }

  @Override
  public String toString() {
    return "I2PServerSocket[port " + port + (closed ? ", closed]" : "]");
  }
}
