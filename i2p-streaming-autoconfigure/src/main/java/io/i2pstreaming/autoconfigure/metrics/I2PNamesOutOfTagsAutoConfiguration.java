package io.i2pstreaming.autoconfigure.metrics;

import io.i2pstreaming.spring.http.I2PHost;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationRegistry;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Keeps the names of sites out of the tags of others: Spring's HTTP clients are observed with the
 * host that they call, which in I2P says whom the application knows. Shows {@code i2p} in its
 * place.
 */
@AutoConfiguration
public final class I2PNamesOutOfTagsAutoConfiguration {
  static final String SHOWN = "i2p";

  /** All that a name could stand in, whoever made the meter. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(MeterRegistry.class)
  static class Meters {
    @Bean
    MeterFilter i2pNamesOutOfTags() {
      return new NamesOutOfTags();
    }
  }

  /** What traces are made of. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ObservationRegistry.class)
  static class Observations {
    @Bean
    ObservationFilter i2pNamesOutOfObservations() {
      return I2PNamesOutOfTagsAutoConfiguration::withoutNames;
    }
  }

  static final class NamesOutOfTags implements MeterFilter {
    @Override
    public Meter.Id map(Meter.Id id) {
      List<Tag> tags = new ArrayList<>();
      boolean changed = false;
      for (Tag tag : id.getTagsAsIterable()) {
        boolean named = isNamed(tag.getValue());
        tags.add(named ? Tag.of(tag.getKey(), SHOWN) : tag);
        changed |= named;
      }
      return changed ? id.replaceTags(tags) : id;
    }
  }

  static Observation.Context withoutNames(Observation.Context context) {
    for (KeyValue value : context.getLowCardinalityKeyValues()) {
      if (isNamed(value.getValue())) {
        context.addLowCardinalityKeyValue(KeyValue.of(value.getKey(), SHOWN));
      }
    }
    for (KeyValue value : context.getHighCardinalityKeyValues()) {
      if (isNamed(value.getValue())) {
        context.addHighCardinalityKeyValue(KeyValue.of(value.getKey(), SHOWN));
      }
    }
    return context;
  }

  /** Whether this is a name of I2P, with or without a port, or a URL with one. */
  private static boolean isNamed(String value) {
    String host = value;
    int scheme = host.indexOf("://");
    if (scheme >= 0) {
      host = host.substring(scheme + 3);
      int end = host.indexOf('/');
      host = end < 0 ? host : host.substring(0, end);
    }
    int port = host.lastIndexOf(':');
    return !value.equals(SHOWN) && isName(port < 0 ? host : host.substring(0, port));
  }

  /** A long text is no destination: that has letters, digits, hyphens, tildes and = only. */
  private static boolean isName(String host) {
    return I2PHost.isI2P(host) && host.indexOf(' ') < 0;
  }
}
