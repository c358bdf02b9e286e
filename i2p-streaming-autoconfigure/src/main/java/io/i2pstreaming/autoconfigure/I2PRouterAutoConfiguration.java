package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.embedded.NetworkConditions;
import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.spring.I2PConfigurationException;
import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Where the router is: an external one unless {@code i2p.router.mode} says {@code embedded}. An
 * application that needs something else defines a {@link RouterAddress} bean.
 */
@AutoConfiguration(after = SslAutoConfiguration.class)
@EnableConfigurationProperties(I2PProperties.class)
public final class I2PRouterAutoConfiguration {
  @Bean
  @ConfigurationPropertiesBinding
  static ProbabilityConverter i2pProbabilityConverter() {
    return new ProbabilityConverter();
  }

  /** Registered behind the nested configuration, so that an embedded router is seen. */
  @Bean
  @ConditionalOnMissingBean
  RouterAddress i2pRouterAddress(I2PProperties properties, ObjectProvider<SslBundles> bundles) {
    I2PProperties.Router router = properties.router();
    if (RouterMode.parse(router.mode()) == RouterMode.EMBEDDED) {
      throw new I2PConfigurationException(
          "The property 'i2p.router.mode' is 'embedded', but the embedded router is not on the"
              + " class path.",
          "Add the dependency io.i2pstreaming:i2p-streaming-embedded-router, or set"
              + " i2p.router.mode=external.");
    }
    return new ExternalRouter(router, bundles.getIfAvailable()).address();
  }

  /** The router inside this process; it says at its start, loudly, that it is not anonymous. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(EmbeddedRouter.class)
  @ConditionalOnProperty(prefix = "i2p.router", name = "mode", havingValue = "embedded")
  @ConditionalOnMissingBean(RouterAddress.class)
  static class EmbeddedRouterConfiguration {
    @Bean(destroyMethod = "close")
    EmbeddedRouter i2pEmbeddedRouter(I2PProperties properties) {
      try {
        EmbeddedRouter router = configured(properties.router().embedded());
        router.start();
        return router;
      } catch (IllegalArgumentException | IOException e) {
        throw new I2PConfigurationException(
            "The embedded router cannot start: " + e.getMessage() + ".",
            "Correct the property under 'i2p.router.embedded'.",
            e);
      }
    }

    private static EmbeddedRouter configured(I2PProperties.Embedded embedded) {
      EmbeddedRouter.Builder builder =
          EmbeddedRouter.builder()
              .conditions(conditions(embedded.network()))
              .seed(embedded.network().seed());
      if (embedded.port() != null) {
        builder.port(embedded.port());
      }
      return builder.build();
    }

    private static NetworkConditions conditions(I2PProperties.Network network) {
      NetworkConditions perfect = NetworkConditions.perfect();
      return new NetworkConditions(
          network.latency(),
          network.jitter(),
          network.loss().value(),
          perfect.burstLoss(),
          network.duplicate().value(),
          network.reorder().value(),
          perfect.corrupt(),
          network.bandwidth() == null ? perfect.bytesPerSecond() : network.bandwidth().toBytes(),
          perfect.queueBytes());
    }
  }
}
