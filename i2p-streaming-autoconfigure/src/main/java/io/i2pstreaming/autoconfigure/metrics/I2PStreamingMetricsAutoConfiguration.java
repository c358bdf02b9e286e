package io.i2pstreaming.autoconfigure.metrics;

import io.i2pstreaming.autoconfigure.I2PStreamingAutoConfiguration;
import io.i2pstreaming.spring.I2PListenerContainerCustomizer;
import io.i2pstreaming.spring.I2PListenerEndpointRegistry;
import io.i2pstreaming.spring.StreamManagers;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Metrics of all stream managers, in the registries that the application has. */
@AutoConfiguration(
    after = I2PStreamingAutoConfiguration.class,
    // By name: the jar with these classes is optional.
    afterName = {
      "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure"
          + ".CompositeMeterRegistryAutoConfiguration"
    })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({MeterRegistry.class, StreamManagers.class})
public final class I2PStreamingMetricsAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  StreamManagerMetrics i2pStreamingMetrics(StreamManagers managers) {
    return new StreamManagerMetrics(managers);
  }

  @Bean
  static StreamManagerMetricsPostProcessor i2pStreamingMetricsPostProcessor(
      ObjectProvider<StreamManagerMetrics> metrics) {
    return new StreamManagerMetricsPostProcessor(metrics);
  }

  @Bean
  @ConditionalOnMissingBean
  ListenerMetrics i2pListenerMetrics(I2PListenerEndpointRegistry listeners) {
    return new ListenerMetrics(listeners);
  }

  @Bean
  I2PListenerContainerCustomizer i2pListenerMetricsCustomizer(ListenerMetrics metrics) {
    return metrics::watch;
  }

  @Bean
  ObservationMeterFilter i2pObservationMeterFilter() {
    return new ObservationMeterFilter();
  }
}
