package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.StreamManagerBuilder;
import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.link.RouterAddressList;
import io.i2pstreaming.link.TcpRouterAddress;
import io.i2pstreaming.link.TlsRouterAddress;
import io.i2pstreaming.spring.I2PConfigurationException;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/** Makes what the engine needs of the details of a connection to external routers. */
final class ExternalRouter {
  private ExternalRouter() {}

  /** The address of one router, or of several in their order. */
  static RouterAddress address(I2PRouterConnectionDetails details) {
    SslBundle bundle = details.getSslBundle();
    SSLContext context = bundle == null ? null : bundle.createSslContext();
    List<RouterAddress> routers =
        details.getAddresses().stream().map(address -> at(address, context)).toList();
    try {
      return routers.size() == 1 ? routers.get(0) : new RouterAddressList(routers);
    } catch (IllegalArgumentException e) {
      throw new I2PConfigurationException(
          "An I2PRouterConnectionDetails bean has "
              + routers.size()
              + " addresses: "
              + e.getMessage()
              + ".",
          "Let it name at least one router, and at most " + RouterAddressList.MAX_ADDRESSES + ".",
          e);
    }
  }

  private static RouterAddress at(
      I2PRouterConnectionDetails.Address address, @Nullable SSLContext context) {
    return context == null
        ? new TcpRouterAddress(address.host(), address.port())
        : new TlsRouterAddress(address.host(), address.port(), context);
  }

  /** Tells the router who we are, where it is to be told; half of that is refused. */
  static void identify(
      StreamManagerBuilder builder, I2PRouterConnectionDetails details, PropertyScope scope) {
    String username = details.getUsername();
    String password = details.getPassword();
    boolean named = username != null && !username.isEmpty();
    boolean secret = password != null && !password.isEmpty();
    if (named != secret) {
      throw new I2PConfigurationException(
          "Of the properties '"
              + scope.written("i2p.router.username")
              + "' and '"
              + scope.written("i2p.router.password")
              + "' only one is set.",
          "Set both, for a router with i2cp.auth=true, or neither.");
    }
    if (username != null && password != null && named) {
      builder.credentials(username, password);
    }
  }
}
