package io.i2pstreaming.verification.fuzz;

import io.i2pstreaming.identity.DestinationKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The same keys in every run, so that an input that fails once fails always. */
final class GoldenKeys {
  private GoldenKeys() {}

  static DestinationKeys read() {
    try (InputStream in =
        GoldenKeys.class.getResourceAsStream("KeyFileFuzzInputs/keys/golden-online")) {
      return DestinationKeys.parse(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
