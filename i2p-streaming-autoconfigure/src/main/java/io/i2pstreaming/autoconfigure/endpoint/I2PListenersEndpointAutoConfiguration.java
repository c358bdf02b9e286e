package io.i2pstreaming.autoconfigure.endpoint;

import io.i2pstreaming.autoconfigure.I2PStreamingAutoConfiguration;
import io.i2pstreaming.spring.I2PListenerEndpointRegistry;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The endpoint {@code i2plisteners}, where it is exposed. */
@AutoConfiguration(after = I2PStreamingAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(I2PListenerEndpointRegistry.class)
@ConditionalOnAvailableEndpoint(I2PListenersEndpoint.class)
public final class I2PListenersEndpointAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  I2PListenersEndpoint i2pListenersEndpoint(I2PListenerEndpointRegistry registry) {
    return new I2PListenersEndpoint(registry);
  }
}
