package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.spring.I2PConfigurationException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;

/**
 * The routers that the properties name, for each manager its own. Not there when the application
 * has a {@link RouterAddress} of its own, which then is everybody's. A router that cannot be had is
 * never replaced by another.
 */
final class OwnRouters {
  static final String EMBEDDED_ROUTER_BEAN_NAME = "i2pEmbeddedRouter";

  private final BeanFactory beans;
  private final I2PRouterConnectionDetails shared;
  private final ObjectProvider<SslBundles> bundles;

  OwnRouters(
      BeanFactory beans, I2PRouterConnectionDetails shared, ObjectProvider<SslBundles> bundles) {
    this.beans = beans;
    this.shared = shared;
    this.bundles = bundles;
  }

  /** The router of this scope. */
  RouterAddress address(PropertyScope scope, I2PProperties.Router router) {
    if (RouterMode.parse(scope, router.mode()) == RouterMode.EXTERNAL) {
      return ExternalRouter.address(details(scope, router));
    }
    requireNoOther(scope, shared);
    if (!beans.containsBean(EMBEDDED_ROUTER_BEAN_NAME)) {
      throw new I2PConfigurationException(
          "The property '"
              + scope.written("i2p.router.mode")
              + "' is 'embedded', but the embedded router is not on the class path.",
          "Add the dependency io.i2pstreaming:i2p-streaming-embedded-router, or set "
              + scope.written("i2p.router.mode")
              + "=external.");
    }
    return beans.getBean(EMBEDDED_ROUTER_BEAN_NAME, RouterAddress.class);
  }

  /** An embedded router does not take the place of external ones that a bean names. */
  static void requireNoOther(PropertyScope scope, I2PRouterConnectionDetails details) {
    if (!(details instanceof PropertiesI2PRouterConnectionDetails)) {
      throw new I2PConfigurationException(
          "The property '"
              + scope.written("i2p.router.mode")
              + "' is 'embedded', but there is an I2PRouterConnectionDetails bean, which names"
              + " external routers.",
          "Set "
              + scope.written("i2p.router.mode")
              + "=external to use those, or remove the bean (or the container that it comes"
              + " from).");
    }
  }

  /** Those of a bean of the application are everybody's. */
  private I2PRouterConnectionDetails details(PropertyScope scope, I2PProperties.Router router) {
    return shared instanceof PropertiesI2PRouterConnectionDetails
        ? new PropertiesI2PRouterConnectionDetails(scope, router, bundles.getIfAvailable())
        : shared;
  }
}
