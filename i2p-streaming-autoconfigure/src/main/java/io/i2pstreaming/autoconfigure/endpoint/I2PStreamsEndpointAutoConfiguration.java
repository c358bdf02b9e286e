package io.i2pstreaming.autoconfigure.endpoint;

import io.i2pstreaming.autoconfigure.I2PStreamingAutoConfiguration;
import io.i2pstreaming.spring.StreamManagers;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The endpoint {@code i2pstreams}, where it is exposed. */
@AutoConfiguration(after = I2PStreamingAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(StreamManagers.class)
@ConditionalOnAvailableEndpoint(I2PStreamsEndpoint.class)
public final class I2PStreamsEndpointAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  I2PStreamsEndpoint i2pStreamsEndpoint(StreamManagers managers) {
    return new I2PStreamsEndpoint(managers);
  }
}
