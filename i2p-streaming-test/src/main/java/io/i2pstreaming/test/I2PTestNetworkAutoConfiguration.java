package io.i2pstreaming.test;

import io.i2pstreaming.autoconfigure.I2PRouterAutoConfiguration;
import io.i2pstreaming.embedded.EmbeddedRouter;
import java.io.IOException;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * The network of {@link AutoConfigureI2PTestNetwork}; in no other context. Comes first, and before
 * a router of the application's own: no test meets another network by a mistake.
 */
@AutoConfiguration(before = I2PRouterAutoConfiguration.class)
@EnableConfigurationProperties(I2PTestNetworkProperties.class)
final class I2PTestNetworkAutoConfiguration {
  @Bean(destroyMethod = "close")
  @Primary
  EmbeddedRouter i2pTestRouter(I2PTestNetworkProperties properties) throws IOException {
    EmbeddedRouter router =
        EmbeddedRouter.builder()
            .seed(properties.seed())
            .conditions(properties.conditions())
            .build();
    router.start();
    return router;
  }

  @Bean(destroyMethod = "close")
  I2PTestNetwork i2pTestNetwork(EmbeddedRouter i2pTestRouter, I2PTestNetworkProperties properties) {
    return I2PTestNetwork.of(i2pTestRouter, properties.seed());
  }
}
