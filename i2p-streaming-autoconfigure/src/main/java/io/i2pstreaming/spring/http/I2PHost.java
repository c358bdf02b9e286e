package io.i2pstreaming.spring.http;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which URIs and host names belong to I2P and must never be shown to a DNS server. */
public final class I2PHost {
  private static final String SUFFIX = ".i2p";

  private I2PHost() {}

  /** Whether the URI's host is a name of I2P, well-formed or not. */
  public static boolean isI2P(URI uri) {
    String host = uri.getHost();
    return isI2P(host == null ? looseHost(uri.getRawAuthority()) : host);
  }

  /** Whether the host name ends in {@code .i2p}, in any case and with or without a final dot. */
  public static boolean isI2P(@Nullable String host) {
    if (host == null) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT);
    return name.endsWith(SUFFIX) || name.endsWith(SUFFIX + ".");
  }

  /** {@link URI} finds no host in a name that DNS does not allow; another resolver may. */
  private static @Nullable String looseHost(@Nullable String authority) {
    if (authority == null) {
      return null;
    }
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    int port = host.lastIndexOf(':');
    return port < 0 ? host : host.substring(0, port);
  }
}
