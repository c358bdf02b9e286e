package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.spring.I2PConfigurationException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * A property with one of I2P's own names, in any spelling that relaxed binding allows: its value as
 * text, whatever type YAML gave it, and where it was written. The engine's parsers read the text.
 */
final class OfficialProperty {
  private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  /** How the engine's texts begin; the property's own name says that already. */
  private static final Pattern OPTION =
      Pattern.compile("^" + Pattern.quote(StreamingOptionsReader.PREFIX) + "\\.[A-Za-z.]+: ");

  private static final String REMEDY =
      "Correct the value, or remove the property to get the default.";

  private final String name;
  private final String value;
  private final String origin;

  private OfficialProperty(PropertyScope scope, String name, String value, Source source) {
    this.name = scope.written(name);
    this.value = value;
    this.origin = source.describe();
  }

  /** The property of this name, such as {@code i2p.streaming.maxResends}; null without a value. */
  static @Nullable OfficialProperty find(PropertyScope scope, String name) {
    Source source = new Source();
    String value =
        scope.binder().bind(propertyName(name), Bindable.of(String.class), source).orElse("");
    return value.isBlank() ? null : new OfficialProperty(scope, name, value, source);
  }

  /** The same for a list: one text with separators, or a list of YAML; null without entries. */
  static @Nullable OfficialProperty findList(PropertyScope scope, String name) {
    Source source = new Source();
    List<String> entries =
        scope
            .binder()
            .bind(propertyName(name), Bindable.listOf(String.class), source)
            .orElse(List.of());
    String value = String.join(",", entries);
    return value.isBlank() ? null : new OfficialProperty(scope, name, value, source);
  }

  /** {@code i2p.streaming.maxResends} → {@code i2p.streaming.max-resends}: all spellings. */
  static ConfigurationPropertyName propertyName(String name) {
    String dashed = WORD_START.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
    return ConfigurationPropertyName.of(dashed);
  }

  /** Its name as it is written: below {@code i2p.managers} if it is there. */
  String name() {
    return name;
  }

  String value() {
    return value;
  }

  /** The end of the start, with what the engine says of the value. */
  I2PConfigurationException refused(IllegalArgumentException reason) {
    String text = OPTION.matcher(text(reason)).replaceFirst("");
    return new I2PConfigurationException(
        subject() + " has a value that cannot be used: " + text + ".", REMEDY, reason);
  }

  /** The end of the start, with the value and what is allowed. */
  I2PConfigurationException refused(String reason) {
    return new I2PConfigurationException(
        subject() + " has the value '" + value + "', which cannot be used: " + reason + ".",
        REMEDY);
  }

  /**
   * The same for what names peers: without the value, which {@code reason} does not tell either.
   */
  I2PConfigurationException refusedInSecret(IllegalArgumentException reason) {
    return new I2PConfigurationException(
        subject() + " cannot be used: " + text(reason) + ".",
        "Correct its entries, or remove the property.",
        reason);
  }

  private String subject() {
    return "The property '" + name + "'" + origin;
  }

  private static String text(IllegalArgumentException reason) {
    return String.valueOf(reason.getMessage());
  }

  /** Remembers where a bound property was written. */
  private static final class Source implements BindHandler {
    private @Nullable ConfigurationProperty property;

    @Override
    public Object onSuccess(
        ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
      ConfigurationProperty bound = context.getConfigurationProperty();
      property = bound == null ? property : bound;
      return result;
    }

    String describe() {
      return property == null || property.getOrigin() == null
          ? ""
          : " (from " + property.getOrigin() + ")";
    }
  }
}
