package io.i2pstreaming.test;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
  private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("i2p");
  private static final ConfigurationPropertyName MANAGERS =
      ConfigurationPropertyName.of("i2p.managers");

  /**
   * Whether it is configured or not. Peers that a test has closed acknowledge nothing any more, so
   * a context that is stopped, or only paused for another one, must not wait for them for long.
   */
  private static final Map<String, String> ALWAYS =
      Map.of(
          "i2p.router.mode", "embedded",
          "i2p.startup.fail-fast", "true",
          "i2p.startup.timeout", "1m",
          "i2p.shutdown.grace-period", "500ms");

  /** What is configured may stand at the top and below a manager; here without either prefix. */
  private static final Map<String, String> WHERE_CONFIGURED =
      Map.ofEntries(
          Map.entry("router.mode", "embedded"),
          Map.entry("router.host", "127.0.0.1"),
          Map.entry("router.port", "7654"),
          Map.entry("router.addresses", NOTHING),
          Map.entry("router.username", NOTHING),
          Map.entry("router.password", NOTHING),
          Map.entry("router.ssl.bundle", NOTHING),
          Map.entry("router.embedded.port", NOTHING),
          Map.entry("destination.key-file", NOTHING),
          Map.entry("trace.file", NOTHING));

  @Override
  public void customizeContext(
      ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
    ConfigurableEnvironment environment = context.getEnvironment();
    Map<String, Object> overrides = new LinkedHashMap<>(ALWAYS);
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source instanceof IterableConfigurationPropertySource iterable) {
        iterable.stream().forEach(name -> override(name, overrides));
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

  private static void override(ConfigurationPropertyName name, Map<String, Object> overrides) {
    ConfigurationPropertyName rest = withoutPrefix(name);
    if (rest == null) {
      return;
    }
    WHERE_CONFIGURED.forEach(
        (configured, value) -> {
          ConfigurationPropertyName other = ConfigurationPropertyName.of(configured);
          // An entry of a list has the list's name before its own.
          if (other.equals(rest) || other.isAncestorOf(rest)) {
            int elements =
                name.getNumberOfElements()
                    - rest.getNumberOfElements()
                    + other.getNumberOfElements();
            overrides.put(name.chop(elements).toString(), value);
          }
        });
  }

  /** What stands behind {@code i2p} or {@code i2p.managers.<name>}; null for other names. */
  private static @Nullable ConfigurationPropertyName withoutPrefix(ConfigurationPropertyName name) {
    if (MANAGERS.isAncestorOf(name)) {
      int prefix = MANAGERS.getNumberOfElements() + 1;
      return name.getNumberOfElements() > prefix ? name.subName(prefix) : null;
    }
    return ROOT.isAncestorOf(name) ? name.subName(1) : null;
  }
}
