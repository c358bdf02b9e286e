package io.i2pstreaming.identity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Properties;

/** Reads the hexadecimal vectors beside these tests. */
final class Vectors {
  private final Properties values = new Properties();

  Vectors(String name) {
    try (InputStream input = Vectors.class.getResourceAsStream(name)) {
      values.load(input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] bytes(String key) {
    return HexFormat.of().parseHex(values.getProperty(key));
  }
}
