package io.i2pstreaming.verification.clients;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.StreamManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/**
 * What the PostgreSQL driver's {@code socketFactory} property names. The driver looks a host up
 * before it connects a socket, but takes a connected one as it is; the driver makes the factory
 * from its connection properties, so the manager comes from outside.
 */
public final class PostgresSockets extends SocketFactory {
  static final AtomicReference<@Nullable StreamManager> MANAGER = new AtomicReference<>();

  private final I2PAddress server;

  /** Called by the driver. */
  public PostgresSockets(Properties properties) {
    server =
        I2PAddress.parse(
            PGProperty.PG_HOST.getOrDefault(properties),
            Integer.parseInt(PGProperty.PG_PORT.getOrDefault(properties)));
  }

  @Override
  public Socket createSocket() throws IOException {
    StreamManager manager = MANAGER.get();
    if (manager == null) {
      throw new IOException("no manager was given");
    }
    return manager.connect(server);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return createSocket();
  }
}
