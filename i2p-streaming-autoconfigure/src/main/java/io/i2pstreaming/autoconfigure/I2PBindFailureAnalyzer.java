package io.i2pstreaming.autoconfigure;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/**
 * Says of a value below {@code i2p} that is not of its type what to write instead. Goes before
 * Spring Boot's own analyzer, which says that it is wrong.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class I2PBindFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {
  private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("i2p");

  /** What a value is, and an example, by the type of its property. */
  private static final Map<Class<?>, String[]> TYPES =
      Map.of(
          Integer.class, new String[] {"a whole number", "such as 5"},
          Long.class, new String[] {"a whole number", "such as 5"},
          Double.class, new String[] {"a number", "such as 1.5"},
          Boolean.class, new String[] {"true or false", "without quotes"},
          Duration.class, new String[] {"a duration", "such as 500ms, 3s or 2m"},
          DataSize.class, new String[] {"a size", "such as 64KB or 1MB"},
          Probability.class, new String[] {"a probability from 0 to 1", "such as 0.05 or 5%"});

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
    ConfigurationProperty property = cause.getProperty();
    Class<?> type = cause.getTarget().getType().resolve(Object.class);
    String[] words = TYPES.get(ClassUtils.resolvePrimitiveIfNecessary(type));
    if (property == null || words == null || !ROOT.isAncestorOf(property.getName())) {
      return null;
    }
    String origin = property.getOrigin() == null ? "" : " (from " + property.getOrigin() + ")";
    return new FailureAnalysis(
        "The property '"
            + property.getName()
            + "'"
            + origin
            + " has the value '"
            + property.getValue()
            + "', which is not "
            + words[0]
            + ".",
        "Write " + words[0] + ", " + words[1] + ", or remove the property to get the default.",
        cause);
  }
}
