package io.i2pstreaming.spring.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * Which URIs and host names belong to I2P and must never be shown to a DNS server or to a proxy.
 * Takes rather too many for I2P's than too few, because only a name that I2P knows is harmless
 * there: a spelling that some client might turn into a name of I2P counts as one.
 */
public final class I2PHost {
  /** No name in the DNS is longer; a destination in Base64 has 516 characters or more. */
  private static final int LONGEST_DNS_NAME = 253;

  private I2PHost() {}

  /** Whether the URI's host is a name of I2P, well-formed or not. */
  public static boolean isI2P(URI uri) {
    String host = uri.getHost();
    return isI2P(host == null ? looseHost(uri.getRawAuthority()) : host);
  }

  /**
   * Whether the host name is {@code i2p} or ends in {@code .i2p} or {@code .i2p.alt}, in any case,
   * with or without a final dot, in any of Unicode's spellings and with escapes; or whether it is a
   * whole destination.
   */
  public static boolean isI2P(@Nullable String host) {
    if (host == null) {
      return false;
    }
    String name = plain(host);
    return name.equals("i2p")
        || name.endsWith(".i2p")
        || name.endsWith(".i2p.alt")
        || name.length() > LONGEST_DNS_NAME;
  }

  private static String plain(String host) {
    String name = host;
    if (host.indexOf('%') >= 0) {
      try {
        name = StringUtils.uriDecode(host, StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        // No client can read it either.
        name = host;
      }
    }
    // Wide letters become plain ones; IDNA has three further dots.
    name =
        Normalizer.normalize(name, Normalizer.Form.NFKC)
            .replace('\u3002', '.')
            .strip()
            .toLowerCase(Locale.ROOT);
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
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
