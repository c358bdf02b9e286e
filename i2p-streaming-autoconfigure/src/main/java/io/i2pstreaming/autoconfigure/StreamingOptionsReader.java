package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.StreamingOptions;
import io.i2pstreaming.spring.I2PConfigurationException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

/**
 * Reads {@code i2p.streaming.*}: I2P's own option names, in any spelling that relaxed binding
 * allows. Every option is looked up by its name and bound as text, whatever type YAML gave it, and
 * the engine's own parser reads the text: so a number never becomes the ordinal of an enum, and
 * {@code 128} and {@code 256KB} mean what I2P's documentation says.
 */
final class StreamingOptionsReader {
  static final String PREFIX = "i2p.streaming";

  private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  private StreamingOptionsReader() {}

  /**
   * The defaults, changed by the environment's properties.
   *
   * @throws I2PConfigurationException if a value is wrong
   */
  static StreamingOptions read(Environment environment) {
    Binder binder = Binder.get(environment);
    StreamingOptions.Builder builder = StreamingOptions.builder();
    for (String name : StreamingOptions.names()) {
      Source source = new Source();
      String value =
          binder.bind(propertyName(name), Bindable.of(String.class), source).orElse("").trim();
      if (!value.isEmpty()) {
        set(builder, name, value, source);
      }
    }
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new I2PConfigurationException(
          "The properties under '" + PREFIX + "' cannot be used together: " + e.getMessage() + ".",
          "Correct the values.",
          e);
    }
  }

  private static void set(
      StreamingOptions.Builder builder, String name, String value, Source source) {
    try {
      builder.set(name, value);
    } catch (IllegalArgumentException e) {
      throw new I2PConfigurationException(
          "The property '"
              + PREFIX
              + "."
              + name
              + "'"
              + source.describe()
              + " has the value '"
              + value
              + "', which cannot be used: "
              + e.getMessage()
              + ".",
          "Correct the value, or remove the property to get the default.",
          e);
    }
  }

  /** {@code maxWindowSize} → {@code i2p.streaming.max-window-size}, which matches all spellings. */
  static ConfigurationPropertyName propertyName(String optionName) {
    String dashed = WORD_START.matcher(optionName).replaceAll("-").toLowerCase(Locale.ROOT);
    return ConfigurationPropertyName.of(PREFIX + "." + dashed);
  }

  /** Remembers where a bound property was written. */
  private static final class Source implements BindHandler {
    private @Nullable ConfigurationProperty property;

    @Override
    public Object onSuccess(
        ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
      property = context.getConfigurationProperty();
      return result;
    }

    String describe() {
      return property == null || property.getOrigin() == null
          ? ""
          : " (from " + property.getOrigin() + ")";
    }
  }
}
