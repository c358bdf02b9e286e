package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.spring.I2PListenerConfiguration;
import io.i2pstreaming.spring.I2PListenerContainerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The factory of listener containers, as {@code i2p.listener.*} says. */
@AutoConfiguration(after = I2PStreamingAutoConfiguration.class)
@EnableConfigurationProperties({I2PListenerProperties.class, I2PShutdownProperties.class})
public final class I2PListenerAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  I2PListenerContainerFactoryConfigurer i2pListenerContainerFactoryConfigurer(
      I2PListenerProperties properties, I2PShutdownProperties shutdown) {
    return new I2PListenerContainerFactoryConfigurer(properties, shutdown);
  }

  @Bean(name = I2PListenerConfiguration.CONTAINER_FACTORY_BEAN_NAME)
  @ConditionalOnMissingBean(name = I2PListenerConfiguration.CONTAINER_FACTORY_BEAN_NAME)
  I2PListenerContainerFactory i2pListenerContainerFactory(
      I2PListenerContainerFactoryConfigurer configurer) {
    I2PListenerContainerFactory factory = new I2PListenerContainerFactory();
    configurer.configure(factory);
    return factory;
  }
}
