package io.i2pstreaming.autoconfigure;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * How external routers are reached. A bean of this type, such as one made from a container, takes
 * the place of {@code i2p.router.host}, {@code .port}, {@code .addresses}, {@code .username},
 * {@code .password} and {@code .ssl.bundle}, for all stream managers. It never takes the place of
 * the embedded router, nor that of it.
 */
public interface I2PRouterConnectionDetails extends ConnectionDetails {
  /** The routers' I2CP ports, the preferred one first; at least one, and at most 16. */
  List<Address> getAddresses();

  /** User name for routers with {@code i2cp.auth=true}; null or empty without. */
  default @Nullable String getUsername() {
    return null;
  }

  /** Password for routers with {@code i2cp.auth=true}; null or empty without. */
  default @Nullable String getPassword() {
    return null;
  }

  /** Whom to trust for I2CP over TLS; null to do without TLS. */
  default @Nullable SslBundle getSslBundle() {
    return null;
  }

  /**
   * The I2CP port of a router.
   *
   * @param host a name or an address, without brackets
   * @param port 1 to 65535
   */
  record Address(String host, int port) {
    /** Refuses what nobody can listen on. */
    public Address {
      if (host.isBlank() || port < 1 || port > 65_535) {
        throw new IllegalArgumentException(
            "a router's address is a host and a port from 1 to 65535, not " + host + ":" + port);
      }
    }
  }
}
