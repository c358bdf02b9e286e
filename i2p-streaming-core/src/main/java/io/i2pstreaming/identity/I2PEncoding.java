package io.i2pstreaming.identity;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * I2P's Base64 alphabet ({@code -} and {@code ~}) and its lower-case Base32 without padding.
 * Decoding is strict: whatever it accepts encodes back to the same text, but for case and padding.
 */
public final class I2PEncoding {
  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-~";
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

  private static final byte[] FROM_BASE64 = values(BASE64);
  private static final byte[] FROM_BASE32 = inAnyCase(values(BASE32));

  private I2PEncoding() {}

  /** Encodes with padding. */
  public static String base64(byte[] bytes) {
    byte[] text = new byte[(bytes.length + 2) / 3 * 4];
    int end = encode(bytes, BASE64, 6, text);
    Arrays.fill(text, end, text.length, (byte) '=');
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /**
   * Decodes text with all of its padding or none; IllegalArgumentException names the first bad
   * character.
   */
  public static byte[] fromBase64(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '=') {
      end--;
    }
    int padding = text.length() - end;
    if (padding != 0 && (padding > 2 || text.length() % 4 != 0)) {
      throw new IllegalArgumentException(
          "Base64 text of " + end + " characters does not end with " + padding + " '='");
    }
    return decode(text, end, FROM_BASE64, 6, "I2P's Base64 (A-Z a-z 0-9 - ~)");
  }

  /** Encodes in lower case, without padding. */
  public static String base32(byte[] bytes) {
    byte[] text = new byte[(bytes.length * 8 + 4) / 5];
    encode(bytes, BASE32, 5, text);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** Decodes in any case; unused bits must be zero. */
  public static byte[] fromBase32(String text) {
    return decode(text, text.length(), FROM_BASE32, 5, "Base32 (a-z 2-7)");
  }

  private static int encode(byte[] bytes, String alphabet, int width, byte[] text) {
    int mask = (1 << width) - 1;
    int bits = 0;
    int held = 0;
    int at = 0;
    for (byte value : bytes) {
      bits = (bits << 8) | (value & 0xff);
      held += 8;
      while (held >= width) {
        held -= width;
        text[at++] = (byte) alphabet.charAt((bits >>> held) & mask);
      }
    }
    if (held > 0) {
      text[at++] = (byte) alphabet.charAt((bits << (width - held)) & mask);
    }
    return at;
  }

  private static byte[] decode(String text, int end, byte[] values, int width, String alphabet) {
    byte[] bytes = new byte[(int) ((long) end * width / 8)];
    int bits = 0;
    int held = 0;
    int at = 0;
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      int value = c < values.length ? values[c] : -1;
      if (value < 0) {
        throw new IllegalArgumentException(
            "character " + (i + 1) + ", '" + c + "', is not in the alphabet of " + alphabet);
      }
      bits = (bits << width) | value;
      held += width;
      if (held >= 8) {
        held -= 8;
        bytes[at++] = (byte) (bits >>> held);
      }
    }
    // A whole unused character, or bits that no encoder leaves: the text was cut or mistyped.
    if (held >= width || (bits & ((1 << held) - 1)) != 0) {
      throw new IllegalArgumentException(
          "text of " + end + " characters was cut off: its last character cannot stand there");
    }
    return bytes;
  }

  private static byte[] values(String alphabet) {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < alphabet.length(); i++) {
      values[alphabet.charAt(i)] = (byte) i;
    }
    return values;
  }

  private static byte[] inAnyCase(byte[] values) {
    System.arraycopy(values, 'a', values, 'A', 26);
    return values;
  }
}
