package io.i2pstreaming.autoconfigure.endpoint;

import io.i2pstreaming.autoconfigure.I2PStreamingAutoConfiguration;
import io.i2pstreaming.spring.StreamManagers;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.autoconfigure.info.InfoContributorFallback;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * This application's own base32 names in the endpoint {@code info}. Only where {@code
 * management.info.i2p.enabled} says so: whoever reads them knows which site this machine is.
 */
@AutoConfiguration(after = I2PStreamingAutoConfiguration.class)
@ConditionalOnClass({InfoContributor.class, ConditionalOnEnabledInfoContributor.class})
@ConditionalOnBean(StreamManagers.class)
@ConditionalOnEnabledInfoContributor(value = "i2p", fallback = InfoContributorFallback.DISABLE)
public final class I2PInfoAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean(name = "i2pInfoContributor")
  InfoContributor i2pInfoContributor(StreamManagers managers) {
    return builder -> {
      Map<String, Map<String, String>> names = new TreeMap<>();
      managers
          .byName()
          .forEach(
              (name, manager) -> names.put(name, Map.of("b32", manager.destination().base32())));
      builder.withDetail("i2p", names);
    };
  }
}
