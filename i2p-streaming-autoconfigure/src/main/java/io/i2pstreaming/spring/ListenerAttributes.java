package io.i2pstreaming.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.unit.DataSize;

/**
 * The attributes of {@link I2PListener} as values: placeholders and expressions resolved, checked.
 * Null stands for an attribute that was left out.
 */
final class ListenerAttributes {
  private static final long LARGEST_MESSAGE_BYTES = DataSize.ofGigabytes(1).toBytes();

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
      if (size.toBytes() >= 1 && size.toBytes() <= LARGEST_MESSAGE_BYTES) {
        return size;
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      // Answered below, like a size out of range.
    }
    throw refused("maxMessageSize", text, "Write a size from 1B to 1GB, such as 64KB.");
  }

  private I2PConfigurationException refused(String attribute, String text, String action) {
    return new I2PConfigurationException(
        "The @I2PListener '" + id + "' has " + attribute + " \"" + text + "\".", action);
  }
}
