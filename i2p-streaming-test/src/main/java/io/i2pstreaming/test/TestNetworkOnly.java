package io.i2pstreaming.test;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.support.TestPropertySourceUtils;

/**
 * Overrides what the application's configuration says about routers, key files and traces, of each
 * of its managers, but nothing that the test itself says. Equal to any other one, because contexts
 * are kept by it.
 */
record TestNetworkOnly() implements ContextCustomizer {
  private static final String SOURCE = "i2pTestNetworkOnly";
  private static final String NOTHING = "";

  /** Whatever is configured, and whether it is. */
  private static final Map<String, Object> ALWAYS =
      Map.of(
          "i2p.router.mode", "embedded",
          "i2p.router.host", "127.0.0.1",
          "i2p.router.port", "7654",
          "i2p.router.addresses", NOTHING,
          "i2p.router.username", NOTHING,
          "i2p.router.password", NOTHING,
          "i2p.router.ssl.bundle", NOTHING,
          "i2p.startup.fail-fast", "true",
          "i2p.startup.timeout", "1m");

  /** The ends of names of properties that would touch something outside of the test. */
  private static final String[] OUTSIDE = {"destination.key-file", "trace.file", "embedded.port"};

  @Override
  public void customizeContext(
      ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
    ConfigurableEnvironment environment = context.getEnvironment();
    Map<String, Object> overrides = new LinkedHashMap<>(ALWAYS);
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source instanceof IterableConfigurationPropertySource iterable) {
        iterable.stream()
            .filter(TestNetworkOnly::leadsOutside)
            .forEach(name -> overrides.put(name.toString(), NOTHING));
      }
    }
    MutablePropertySources sources = environment.getPropertySources();
    sources.remove(SOURCE);
    MapPropertySource override = new MapPropertySource(SOURCE, overrides);
    if (sources.contains(TestPropertySourceUtils.INLINED_PROPERTIES_PROPERTY_SOURCE_NAME)) {
      sources.addAfter(TestPropertySourceUtils.INLINED_PROPERTIES_PROPERTY_SOURCE_NAME, override);
    } else {
      sources.addFirst(override);
    }
  }

  private static boolean leadsOutside(ConfigurationPropertyName name) {
    if (!ConfigurationPropertyName.of("i2p").isAncestorOf(name)) {
      return false;
    }
    for (String end : OUTSIDE) {
      ConfigurationPropertyName last = ConfigurationPropertyName.of(end);
      int from = name.getNumberOfElements() - last.getNumberOfElements();
      if (from > 0 && name.subName(from).equals(last)) {
        return true;
      }
    }
    return false;
  }
}
