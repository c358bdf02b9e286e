package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.StreamingOptions;
import io.i2pstreaming.spring.I2PConfigurationException;

/**
 * Reads the options of streams among {@code i2p.streaming.*}. The engine's own parser reads the
 * text of each: so a number never becomes the ordinal of an enum, and {@code 128} and {@code 256KB}
 * mean what I2P's documentation says. Who may open streams is read by {@link AdmissionReader}.
 */
final class StreamingOptionsReader {
  static final String PREFIX = "i2p.streaming";

  private StreamingOptionsReader() {}

  /**
   * These options, changed by the properties.
   *
   * @throws I2PConfigurationException if a value is wrong
   */
  static StreamingOptions read(PropertyScope scope, StreamingOptions before) {
    StreamingOptions.Builder builder = before.toBuilder();
    for (String name : StreamingOptions.names()) {
      OfficialProperty property = OfficialProperty.find(scope, PREFIX + "." + name);
      if (property == null) {
        continue;
      }
      try {
        builder.set(name, property.value());
      } catch (IllegalArgumentException e) {
        throw property.refused(e);
      }
    }
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new I2PConfigurationException(
          "The properties under '"
              + scope.written(PREFIX)
              + "' cannot be used together: "
              + e.getMessage()
              + ".",
          "Correct the values.",
          e);
    }
  }
}
