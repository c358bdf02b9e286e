package io.i2pstreaming.link;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/**
 * One TCP connection to a router's I2CP port. Knows a socket and one daemon thread that reads it;
 * made by {@link TcpRouterAddress}. Never interprets a byte. {@link #write} blocks while the
 * router's receive buffer is full; {@link #close}, from any thread, ends that, and so does a router
 * that neither takes nor sends anything for half a minute.
 */
final class TcpRouterLink implements RouterLink {
  /** How long a connection attempt may take. */
  private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

  /** Bytes read at once: a Java router has at most 256 messages waiting for us. */
  private static final int CHUNK = 64 * 1024;

  /** How often the reader, while the router is silent, looks whether a write is stuck. */
  private static final int LOOK_AFTER_MILLIS = 10_000;

  /** Looks that find the same write under way before the router is taken for stalled. */
  private static final int MAX_LOOKS = 3;

  private final String host;
  private final int port;
  private final int lookAfterMillis;
  private final Socket socket = new Socket();
  private volatile boolean closed;

  /** Odd while a write is under way; only the writing thread changes it. */
  private volatile long writeSteps;

  TcpRouterLink(String host, int port) {
    this(host, port, LOOK_AFTER_MILLIS);
  }

  TcpRouterLink(String host, int port, int lookAfterMillis) {
    this.host = host;
    this.port = port;
    this.lookAfterMillis = lookAfterMillis;
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
      socket.setSoTimeout(lookAfterMillis);
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
        int count = readSome(chunk);
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

  private int readSome(byte[] chunk) throws IOException {
    long stuckAt = -1;
    int looks = 0;
    while (true) {
      try {
        return socket.getInputStream().read(chunk);
      } catch (SocketTimeoutException silence) {
        long steps = writeSteps;
        looks = (steps & 1) == 1 && steps == stuckAt ? looks + 1 : 1;
        stuckAt = steps;
        if ((steps & 1) == 1 && looks > MAX_LOOKS) {
          throw new IOException("the router neither takes nor sends anything any more", silence);
        }
      }
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (closed) {
      throw new SocketException("the link to the router is closed");
    }
    long before = writeSteps;
    writeSteps = before + 1;
    try {
      socket.getOutputStream().write(bytes, offset, length);
    } finally {
      writeSteps = before + 2;
    }
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
