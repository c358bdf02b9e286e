package io.i2pstreaming.i2cp;

import java.util.Locale;

/** Which payloads may be deflated, {@code i2cp.gzip}; never where the result is no smaller. */
public enum Compression {
  /** Where it pays by experience: packets that carry a destination. */
  ADAPTIVE,
  /** All. */
  ON,
  /** None; every payload travels in a stored frame. */
  OFF;

  /** Whether a payload may be deflated that is {@code likely} to become smaller. */
  boolean deflates(boolean likely) {
    return this == ON || (this == ADAPTIVE && likely);
  }

  /**
   * Reads the option.
   *
   * @throws IllegalArgumentException in one sentence, for anything but true, false and adaptive
   */
  static Compression of(String text) {
    return switch (text.trim().toLowerCase(Locale.ROOT)) {
      case "adaptive" -> ADAPTIVE;
      case "true" -> ON;
      case "false" -> OFF;
      default ->
          throw new IllegalArgumentException(
              "Session option i2cp.gzip cannot be used: use true, false or adaptive.");
    };
  }
}
