package io.i2pstreaming.link;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection to a router's I2CP port. Knows a socket and one daemon thread that reads it;
 * made by {@link TcpRouterAddress} and, with TLS around the bytes, by {@link TlsRouterAddress}.
 * Never interprets a byte. {@link #write} blocks while the router's receive buffer is full; {@link
 * #close}, from any thread, ends that, and so does a router that neither takes nor sends anything
 * for half a minute.
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

  /** What a router may choose from; older versions are broken. */
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private static final String TLS_HINT =
      "check that the router says i2cp.SSL=true and that its certificate, below certificates/i2cp"
          + " in its configuration folder, is trusted";

  private final String host;
  private final int port;
  private final int lookAfterMillis;
  private final @Nullable SSLSocketFactory tls;

  /** The connection itself, which ends at once when it is closed, even under a stuck TLS write. */
  private final Socket transport = new Socket();

  /** What is read and written: the connection, or TLS over it. Set once, before the reader runs. */
  private volatile Socket socket = transport;

  private volatile boolean closed;

  /** Odd while a write is under way; only the writing thread changes it. */
  private volatile long writeSteps;

  TcpRouterLink(String host, int port) {
    this(host, port, null, LOOK_AFTER_MILLIS);
  }

  TcpRouterLink(String host, int port, SSLSocketFactory tls) {
    this(host, port, tls, LOOK_AFTER_MILLIS);
  }

  TcpRouterLink(String host, int port, @Nullable SSLSocketFactory tls, int lookAfterMillis) {
    this.host = host;
    this.port = port;
    this.tls = tls;
    this.lookAfterMillis = lookAfterMillis;
  }

  @Override
  public void open(Receiver receiver) throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new UnknownHostException("the router's host name " + host + " is unknown");
    }
    try {
      transport.connect(address, CONNECT_TIMEOUT_MILLIS);
      transport.setKeepAlive(true);
      transport.setTcpNoDelay(true);
      if (tls != null) {
        transport.setSoTimeout(CONNECT_TIMEOUT_MILLIS);
        socket = handshake(tls);
      }
      transport.setSoTimeout(lookAfterMillis);
    } catch (IOException e) {
      close();
      throw e;
    }
    Thread reader = new Thread(() -> read(receiver), "i2cp-reader-" + host + ":" + port);
    reader.setDaemon(true);
    reader.start();
  }

  private Socket handshake(SSLSocketFactory factory) throws IOException {
    try {
      SSLSocket secured = (SSLSocket) factory.createSocket(transport, host, port, true);
      secured.setEnabledProtocols(PROTOCOLS);
      secured.startHandshake();
      return secured;
    } catch (SocketTimeoutException e) {
      throw new IOException("no TLS handshake in time: " + TLS_HINT, e);
    } catch (SSLException e) {
      throw new IOException("the TLS handshake failed (" + e.getMessage() + "): " + TLS_HINT, e);
    }
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
      transport.close();
    } catch (IOException e) {
      // Nothing is left to lose on a socket that is being closed.
    }
  }
}
