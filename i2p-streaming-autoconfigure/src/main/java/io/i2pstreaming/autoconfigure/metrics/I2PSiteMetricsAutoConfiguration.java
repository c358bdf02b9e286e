package io.i2pstreaming.autoconfigure.metrics;

import io.i2pstreaming.autoconfigure.site.I2PSiteAutoConfiguration;
import io.i2pstreaming.spring.site.SiteGateway;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Metrics of a published site. */
@AutoConfiguration(
    after = {I2PSiteAutoConfiguration.class, I2PStreamingMetricsAutoConfiguration.class})
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({MeterRegistry.class, SiteGateway.class})
public final class I2PSiteMetricsAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  SiteMetrics i2pSiteMetrics(SiteGateway gateway) {
    return new SiteMetrics(gateway);
  }
}
