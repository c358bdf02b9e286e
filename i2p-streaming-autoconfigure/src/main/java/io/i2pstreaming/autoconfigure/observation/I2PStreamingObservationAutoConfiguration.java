package io.i2pstreaming.autoconfigure.observation;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.autoconfigure.I2PStreamingAutoConfiguration;
import io.i2pstreaming.spring.I2PListenerContainerCustomizer;
import io.i2pstreaming.spring.StreamManagers;
import io.micrometer.observation.ObservationRegistry;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.function.SingletonSupplier;

/** Observations of dials and listeners, where the application has a registry for them. */
@AutoConfiguration(
    after = I2PStreamingAutoConfiguration.class,
    // By name: the jar with this class is optional.
    afterName =
        "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean({ObservationRegistry.class, StreamManagers.class})
public final class I2PStreamingObservationAutoConfiguration {
  @Bean
  static BeanPostProcessor i2pDialObservationPostProcessor(
      ObjectProvider<ObservationRegistry> registry,
      ObjectProvider<I2PConnectObservationConvention> convention) {
    Supplier<ObservationRegistry> registryOnce =
        SingletonSupplier.of(() -> registry.getIfAvailable(() -> ObservationRegistry.NOOP));
    Supplier<I2PConnectObservationConvention> conventionOnce =
        SingletonSupplier.of(
            () -> convention.getIfAvailable(DefaultI2PConnectObservationConvention::new));
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof StreamManager manager) {
          manager.addDialListener(new ObservedDials(manager.name(), registryOnce, conventionOnce));
        }
        return bean;
      }
    };
  }

  /** Around everything that others put around the handler. */
  @Bean
  @Order(Ordered.LOWEST_PRECEDENCE)
  @ConditionalOnBooleanProperty(name = "i2p.listener.observation-enabled", matchIfMissing = true)
  I2PListenerContainerCustomizer i2pListenerObservationCustomizer(
      ObservationRegistry registry, ObjectProvider<I2PListenerObservationConvention> convention) {
    I2PListenerObservationConvention names =
        convention.getIfAvailable(DefaultI2PListenerObservationConvention::new);
    return builder ->
        builder.decorateHandler(
            handler ->
                new ObservedHandler(
                    handler, builder.manager().name(), builder.id(), names, registry));
  }
}
