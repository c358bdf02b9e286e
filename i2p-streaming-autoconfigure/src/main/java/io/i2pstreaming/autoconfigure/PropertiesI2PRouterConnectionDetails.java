package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.link.RouterAddressList;
import io.i2pstreaming.spring.I2PConfigurationException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** The external routers of {@code i2p.router.*}. Reads the properties when it is asked. */
final class PropertiesI2PRouterConnectionDetails implements I2PRouterConnectionDetails {
  private static final int I2CP_PORT = 7654;
  private static final String ADDRESSES = "i2p.router.addresses";

  private final PropertyScope scope;
  private final I2PProperties.Router properties;
  private final @Nullable SslBundles bundles;

  /** {@code scope} is for messages, which name the property where it is written. */
  PropertiesI2PRouterConnectionDetails(
      PropertyScope scope, I2PProperties.Router properties, @Nullable SslBundles bundles) {
    this.scope = scope;
    this.properties = properties;
    this.bundles = bundles;
  }

  @Override
  public List<Address> getAddresses() {
    List<String> addresses = properties.addresses();
    if (addresses.isEmpty()) {
      return List.of(single());
    }
    if (addresses.size() > RouterAddressList.MAX_ADDRESSES) {
      throw new I2PConfigurationException(
          "The property '" + scope.written(ADDRESSES) + "' has " + addresses.size() + " entries.",
          "Write at most " + RouterAddressList.MAX_ADDRESSES + ".");
    }
    return addresses.stream().map(this::parse).toList();
  }

  private Address single() {
    if (properties.port() < 1 || properties.port() > 65535) {
      throw new I2PConfigurationException(
          "The property '" + scope.written("i2p.router.port") + "' is " + properties.port() + ".",
          "Write the router's I2CP port, 1 to 65535; routers use 7654 unless told otherwise.");
    }
    if (properties.host().isBlank()) {
      throw new I2PConfigurationException(
          "The property '" + scope.written("i2p.router.host") + "' is empty.",
          "Write the host on which the router serves I2CP, or remove the property to get"
              + " 127.0.0.1.");
    }
    return new Address(properties.host().strip(), properties.port());
  }

  /** A host with or without a port; the brackets of an IPv6 address are for the port's sake. */
  private Address parse(String text) {
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
    return new Address(host, port);
  }

  private static int port(String text) {
    return text.matches("\\d{1,5}") ? Integer.parseInt(text) : -1;
  }

  private I2PConfigurationException malformed(String text) {
    return new I2PConfigurationException(
        "The property '" + scope.written(ADDRESSES) + "' contains '" + text + "'.",
        "Write host or host:port, such as 127.0.0.1:7654 or [::1]:7654, separated by commas.");
  }

  @Override
  public @Nullable String getUsername() {
    return properties.username();
  }

  @Override
  public @Nullable String getPassword() {
    return properties.password();
  }

  @Override
  public @Nullable SslBundle getSslBundle() {
    String bundle = properties.ssl().bundle();
    if (bundle == null || bundle.isBlank()) {
      return null;
    }
    try {
      if (bundles == null) {
        throw new NoSuchSslBundleException(bundle, "there are no SSL bundles");
      }
      return bundles.getBundle(bundle);
    } catch (NoSuchSslBundleException e) {
      throw new I2PConfigurationException(
          "The property '"
              + scope.written("i2p.router.ssl.bundle")
              + "' is '"
              + bundle
              + "', but there is no such bundle.",
          "Define it, for example with spring.ssl.bundle.pem."
              + bundle
              + ".truststore.certificate=file:router.crt.pem; a Java router leaves its certificate"
              + " below certificates/i2cp in its configuration folder.",
          e);
    }
  }
}
