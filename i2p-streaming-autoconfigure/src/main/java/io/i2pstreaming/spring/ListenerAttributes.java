package io.i2pstreaming.spring;

import io.i2pstreaming.endpoint.AccessList;
import io.i2pstreaming.endpoint.ConnectionLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.unit.DataSize;

/**
 * The attributes of {@link I2PListener} as values: placeholders and expressions resolved, checked.
 * Null stands for an attribute that was left out.
 */
final class ListenerAttributes {
  private final ConfigurableListableBeanFactory beans;
  private final String id;

  /** {@code id} names the listener in texts about faults. */
  ListenerAttributes(ConfigurableListableBeanFactory beans, String id) {
    this.beans = beans;
    this.id = id;
  }

  /** The attribute with its placeholders and expressions resolved. */
  static String text(ConfigurableListableBeanFactory beans, String written) {
    String resolved = beans.resolveEmbeddedValue(written);
    if (resolved == null || beans.getBeanExpressionResolver() == null) {
      return resolved == null ? "" : resolved.trim();
    }
    Object value =
        beans
            .getBeanExpressionResolver()
            .evaluate(resolved, new BeanExpressionContext(beans, null));
    return value == null ? "" : value.toString().trim();
  }

  String text(String written) {
    return text(beans, written);
  }

  @Nullable Integer number(String attribute, String written, int least, int most) {
    String text = text(written);
    if (text.isEmpty() && written.isEmpty()) {
      return null;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Answered below, like a number out of range.
    }
    throw refused(attribute, text, "Write a whole number from " + least + " to " + most + ".");
  }

  /** Must be given. */
  int port(String written) {
    Integer port = written.isEmpty() ? null : number("port", written, 0, 65535);
    if (port == null) {
      throw refused("port", "", "Write a whole number from 0 to 65535.");
    }
    return port;
  }

  @Nullable Boolean flag(String attribute, String written) {
    String text = text(written);
    if (text.isEmpty() && written.isEmpty()) {
      return null;
    }
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return Boolean.parseBoolean(text);
    }
    throw refused(attribute, text, "Write true or false.");
  }

  Framing framing(String written) {
    String text = text(written);
    for (Framing framing : Framing.values()) {
      if (framing.name().equalsIgnoreCase(text)) {
        return framing;
      }
    }
    throw refused("framing", text, "Write raw, line or length.");
  }

  @Nullable DataSize messageLimit(String written) {
    String text = text(written);
    if (text.isEmpty() && written.isEmpty()) {
      return null;
    }
    try {
      DataSize size = DataSize.parse(text);
      if (size.toBytes() >= 1 && size.compareTo(I2PMessageSettings.LARGEST) <= 0) {
        return size;
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      // Answered below, like a size out of range.
    }
    throw refused("maxMessageSize", text, "Write a size from 1B to 1GB, such as 64KB.");
  }

  @Nullable Duration duration(String attribute, String written) {
    String text = text(written);
    if (text.isEmpty() && written.isEmpty()) {
      return null;
    }
    try {
      Duration duration = DurationFormatterUtils.detectAndParse(text);
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (IllegalArgumentException e) {
      // Answered below, like a negative one.
    }
    throw refused(attribute, text, "Write a duration such as 30s or 5m; 0s is without limit.");
  }

  /** Never shows an entry. */
  @Nullable AccessList accessList(String written) {
    String text = text(written);
    if (text.isEmpty()) {
      return null;
    }
    String[] words = text.split("[\\s:]+", 2);
    String entries = words.length == 1 ? "" : words[1];
    try {
      if (words[0].equalsIgnoreCase("allow")) {
        return AccessList.allow(entries);
      }
      if (words[0].equalsIgnoreCase("deny")) {
        return AccessList.deny(entries);
      }
    } catch (IllegalArgumentException e) {
      throw new I2PConfigurationException(
          "The @I2PListener '" + id + "' has an accessList that is wrong: " + e.getMessage() + ".",
          "Write base32 names, hashes in Base64 or destinations, with commas between them.",
          e);
    }
    throw new I2PConfigurationException(
        "The @I2PListener '" + id + "' has an accessList that does not say what it means.",
        "Begin it with allow or deny: \"allow ….b32.i2p, ….b32.i2p\".");
  }

  @Nullable ConnectionLimits limits(String[] written) {
    ConnectionLimits limits = ConnectionLimits.NONE;
    for (String one : written) {
      String text = text(one);
      int equals = text.indexOf('=');
      try {
        if (equals < 1) {
          throw new IllegalArgumentException("there is no =");
        }
        limits = limits.with(text.substring(0, equals).trim(), text.substring(equals + 1));
      } catch (IllegalArgumentException e) {
        throw new I2PConfigurationException(
            "The @I2PListener '" + id + "' has limits \"" + text + "\": " + e.getMessage() + ".",
            "Write I2P's names with their values, such as maxConnsPerMinute=60.",
            e);
      }
    }
    return written.length == 0 ? null : limits;
  }

  /** The bean with the name that is written. */
  <T> @Nullable T bean(String attribute, String written, Class<T> type) {
    String text = text(written);
    if (text.isEmpty()) {
      return null;
    }
    if (beans.containsBean(text) && beans.isTypeMatch(text, type)) {
      return beans.getBean(text, type);
    }
    throw refused(attribute, text, "Use the bean name of an " + type.getSimpleName() + ".");
  }

  private I2PConfigurationException refused(String attribute, String text, String action) {
    return new I2PConfigurationException(
        "The @I2PListener '" + id + "' has " + attribute + " \"" + text + "\".", action);
  }
}
