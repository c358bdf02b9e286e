package io.i2pstreaming.identity;

/** I2P's Base64 alphabet ({@code -} and {@code ~}) and its lower-case Base32 without padding. */
public final class I2PEncoding {
  private I2PEncoding() {}

  /** Encodes with padding. */
  public static String base64(byte[] bytes) {
    throw new UnsupportedOperationException("seam");
  }

  /** Decodes; IllegalArgumentException names the first bad character. */
  public static byte[] fromBase64(String text) {
    throw new UnsupportedOperationException("seam");
  }

  /** Encodes in lower case, without padding. */
  public static String base32(byte[] bytes) {
    throw new UnsupportedOperationException("seam");
  }

  /** Decodes in any case; unused bits must be zero. */
  public static byte[] fromBase32(String text) {
    throw new UnsupportedOperationException("seam");
  }
}
