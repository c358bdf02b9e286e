package io.i2pstreaming.link;

import java.util.Objects;
import javax.net.ssl.SSLContext;

/**
 * A router's I2CP port, over TLS 1.2 or 1.3: a Java router with {@code i2cp.SSL=true}.
 *
 * <p>Whom to trust is the context's business alone. Routers make their own certificate, valid for
 * no particular host, and leave it below {@code certificates/i2cp} in their configuration folder: a
 * trust store with that certificate and nothing else pins the router. The host name is not
 * compared, unless the context's trust manager does so.
 *
 * @param context decides which router is trusted and, where the router asks, who we are
 */
public record TlsRouterAddress(String host, int port, SSLContext context) implements RouterAddress {
  public TlsRouterAddress {
    Objects.requireNonNull(context);
  }

  @Override
  public RouterLink newLink() {
    return new TcpRouterLink(host, port, context.getSocketFactory());
  }

  @Override
  public String describe() {
    return host + ":" + port + " (TLS)";
  }

  @Override
  public boolean anonymous() {
    return true;
  }
}
