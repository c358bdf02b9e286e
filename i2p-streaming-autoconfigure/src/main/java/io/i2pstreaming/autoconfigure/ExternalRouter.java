package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.link.RouterAddressList;
import io.i2pstreaming.link.TcpRouterAddress;
import io.i2pstreaming.link.TlsRouterAddress;
import io.i2pstreaming.spring.I2PConfigurationException;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;

/** Reads where external routers are and how they are reached, and refuses what cannot be meant. */
final class ExternalRouter {
  private static final int I2CP_PORT = 7654;

  private final I2PProperties.Router properties;
  private final @Nullable SSLContext context;

  ExternalRouter(I2PProperties.Router properties, @Nullable SslBundles bundles) {
    this.properties = properties;
    this.context = context(properties.ssl().bundle(), bundles);
  }

  private static @Nullable SSLContext context(
      @Nullable String bundle, @Nullable SslBundles bundles) {
    if (bundle == null || bundle.isBlank()) {
      return null;
    }
    try {
      if (bundles == null) {
        throw new NoSuchSslBundleException(bundle, "there are no SSL bundles");
      }
      return bundles.getBundle(bundle).createSslContext();
    } catch (NoSuchSslBundleException e) {
      throw new I2PConfigurationException(
          "The property 'i2p.router.ssl.bundle' is '" + bundle + "', but there is no such bundle.",
          "Define it, for example with spring.ssl.bundle.pem."
              + bundle
              + ".truststore.certificate=file:router.crt.pem; a Java router leaves its certificate"
              + " below certificates/i2cp in its configuration folder.",
          e);
    }
  }

  RouterAddress address() {
    List<String> addresses = properties.addresses();
    if (addresses.isEmpty()) {
      if (properties.port() < 1 || properties.port() > 65535) {
        throw new I2PConfigurationException(
            "The property 'i2p.router.port' is " + properties.port() + ".",
            "Write the router's I2CP port, 1 to 65535; routers use 7654 unless told otherwise.");
      }
      if (properties.host().isBlank()) {
        throw new I2PConfigurationException(
            "The property 'i2p.router.host' is empty.",
            "Write the host on which the router serves I2CP, or remove the property to get"
                + " 127.0.0.1.");
      }
      return at(properties.host().strip(), properties.port());
    }
    if (addresses.size() > RouterAddressList.MAX_ADDRESSES) {
      throw new I2PConfigurationException(
          "The property 'i2p.router.addresses' has " + addresses.size() + " entries.",
          "Write at most " + RouterAddressList.MAX_ADDRESSES + ".");
    }
    List<RouterAddress> routers = addresses.stream().map(this::parse).toList();
    return routers.size() == 1 ? routers.get(0) : new RouterAddressList(routers);
  }

  /** A host with or without a port; the brackets of an IPv6 address are for the port's sake. */
  private RouterAddress parse(String text) {
    String address = text.strip();
    int bracket = address.indexOf(']');
    int colon = address.indexOf(':', Math.max(0, bracket));
    boolean bracketed = address.startsWith("[") && bracket > 1;
    String host = colon < 0 ? address : address.substring(0, colon);
    if (bracketed && host.length() == bracket + 1) {
      host = address.substring(1, bracket);
    } else if (address.contains("[") || bracket >= 0 || colon != address.lastIndexOf(':')) {
      throw malformed(text);
    }
    int port = colon < 0 ? I2CP_PORT : port(address.substring(colon + 1));
    if (host.isEmpty() || port < 1 || port > 65535) {
      throw malformed(text);
    }
    return at(host, port);
  }

  private static int port(String text) {
    return text.matches("\\d{1,5}") ? Integer.parseInt(text) : -1;
  }

  private static I2PConfigurationException malformed(String text) {
    return new I2PConfigurationException(
        "The property 'i2p.router.addresses' contains '" + text + "'.",
        "Write host or host:port, such as 127.0.0.1:7654 or [::1]:7654, separated by commas.");
  }

  private RouterAddress at(String host, int port) {
    return context == null
        ? new TcpRouterAddress(host, port)
        : new TlsRouterAddress(host, port, context);
  }

  /** Whether the router is to be told who we are; half of that is refused. */
  static boolean hasCredentials(I2PProperties.Router router) {
    boolean named = router.username() != null && !router.username().isEmpty();
    boolean secret = router.password() != null && !router.password().isEmpty();
    if (named != secret) {
      throw new I2PConfigurationException(
          "Of the properties 'i2p.router.username' and 'i2p.router.password' only one is set.",
          "Set both, for a router with i2cp.auth=true, or neither.");
    }
    return named;
  }
}
