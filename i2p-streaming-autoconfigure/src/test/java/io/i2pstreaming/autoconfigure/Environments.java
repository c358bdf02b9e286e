package io.i2pstreaming.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

/** Environments as Boot makes them: variables above the YAML file, system properties between. */
final class Environments {
  private Environments() {}

  static StandardEnvironment of(String yaml) {
    return of(yaml, Map.of());
  }

  static StandardEnvironment of(String yaml, Map<String, Object> variables) {
    return of(yaml, variables, Map.of());
  }

  static StandardEnvironment of(
      String yaml, Map<String, Object> variables, Map<String, Object> systemProperties) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
            new MapPropertySource(
                StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, systemProperties));
    for (PropertySource<?> source : load(yaml)) {
      environment.getPropertySources().addLast(source);
    }
    ConfigurationPropertySources.attach(environment);
    return environment;
  }

  private static List<PropertySource<?>> load(String yaml) {
    try {
      return new YamlPropertySourceLoader()
          .load(
              "application.yml",
              new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8), "application.yml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
