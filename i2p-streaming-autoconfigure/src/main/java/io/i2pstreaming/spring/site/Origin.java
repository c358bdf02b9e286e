package io.i2pstreaming.spring.site;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The application's own web server, where the gateway connects to. Immutable. */
public final class Origin {
  private static final int CONNECT_MILLIS = 5_000;

  private final InetSocketAddress address;
  private final @Nullable SSLSocketFactory tls;

  private Origin(InetSocketAddress address, @Nullable SSLSocketFactory tls) {
    this.address = address;
    this.tls = tls;
  }

  /**
   * A web server of this process.
   *
   * @param bound the address it is bound to; null or a wildcard is reached over loopback
   */
  public static Origin of(@Nullable InetAddress bound, int port, boolean tls) {
    InetAddress host =
        bound == null || bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
    return new Origin(new InetSocketAddress(host, port), tls ? ownServerOnly() : null);
  }

  /** Whether it speaks TLS. */
  boolean isTls() {
    return tls != null;
  }

  /** The TCP port. */
  public int port() {
    return address.getPort();
  }

  /** A new connection; reads of it time out after {@code timeoutMillis}. */
  Socket connect(int timeoutMillis) throws IOException {
    Socket socket = new Socket();
    boolean open = false;
    try {
      socket.setTcpNoDelay(true);
      socket.connect(address, CONNECT_MILLIS);
      socket.setSoTimeout(timeoutMillis);
      if (tls != null) {
        socket = tls.createSocket(socket, "localhost", address.getPort(), true);
      }
      open = true;
      return socket;
    } finally {
      if (!open) {
        socket.close();
      }
    }
  }

  /** Its certificate is for other names, and it is known by its port, which this process holds. */
  private static SSLSocketFactory ownServerOnly() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new OwnServer()}, new SecureRandom());
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  /** Takes any certificate. */
  private static final class OwnServer extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
