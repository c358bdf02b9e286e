package io.i2pstreaming.autoconfigure.health;

import io.i2pstreaming.autoconfigure.I2PProperties;
import io.i2pstreaming.autoconfigure.I2PStreamingAutoConfiguration;
import io.i2pstreaming.spring.I2PListenerEndpointRegistry;
import io.i2pstreaming.spring.StreamManagers;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Health {@code i2p}, with a component for every stream manager under its name. */
@AutoConfiguration(after = I2PStreamingAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(StreamManagers.class)
@ConditionalOnEnabledHealthIndicator("i2p")
@EnableConfigurationProperties(I2PProperties.class)
public final class I2PStreamingHealthContributorAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean(name = {"i2pHealthIndicator", "i2pHealthContributor"})
  CompositeHealthContributor i2pHealthContributor(
      StreamManagers managers,
      ObjectProvider<I2PListenerEndpointRegistry> listeners,
      I2PProperties properties) {
    return new StreamManagersHealth(
        managers, listeners.getIfAvailable(), properties.startup().timeout());
  }
}
