package io.i2pstreaming.link;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;

/**
 * One TCP connection to a router's I2CP port. Knows a socket and one daemon thread that reads it;
 * made by {@link TcpRouterAddress}. Never interprets a byte. {@link #write} blocks while the
 * router's receive buffer is full; {@link #close}, from any thread, ends that.
 */
final class TcpRouterLink implements RouterLink {
  /** How long a connection attempt may take. */
  private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

  /** Bytes read at once: a Java router has at most 256 messages waiting for us. */
  private static final int CHUNK = 64 * 1024;

  private final String host;
  private final int port;
  private final Socket socket = new Socket();
  private volatile boolean closed;

  TcpRouterLink(String host, int port) {
    this.host = host;
    this.port = port;
  }

  @Override
  public void open(Receiver receiver) throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new UnknownHostException("the router's host name " + host + " is unknown");
    }
    try {
      socket.connect(address, CONNECT_TIMEOUT_MILLIS);
      socket.setKeepAlive(true);
      socket.setTcpNoDelay(true);
    } catch (IOException e) {
      close();
      throw e;
    }
    Thread reader = new Thread(() -> read(receiver), "i2cp-reader-" + host + ":" + port);
    reader.setDaemon(true);
    reader.start();
  }

  /** Body of the reader thread: ends with {@code closed}, whatever happens. */
  private void read(Receiver receiver) {
    IOException cause = null;
    try {
      byte[] chunk = new byte[CHUNK];
      while (true) {
        int count = socket.getInputStream().read(chunk);
        if (count < 0) {
          throw new EOFException("the router closed the connection");
        }
        receiver.received(chunk, 0, count);
      }
    } catch (IOException e) {
      cause = e;
    } catch (RuntimeException e) {
      // A receiver must not throw; if it does, the link is over and its owner hears of it.
      cause = new IOException("the receiver failed", e);
    } finally {
      IOException told = closed ? null : cause;
      close();
      receiver.closed(told);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (closed) {
      throw new SocketException("the link to the router is closed");
    }
    socket.getOutputStream().write(bytes, offset, length);
  }

  @Override
  public void close() {
    closed = true;
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing is left to lose on a socket that is being closed.
    }
  }
}
