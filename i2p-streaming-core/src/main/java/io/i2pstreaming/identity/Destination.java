package io.i2pstreaming.identity;

import org.jspecify.annotations.Nullable;

/**
 * An I2P destination: its bytes exactly as received, never normalised. Two destinations are equal
 * when their bytes are.
 *
 * <p>Common structures specification, "KeysAndCert".
 */
public final class Destination {
  /**
   * Parses the destination at the start of {@code bytes[offset, offset+length)}; surplus is
   * ignored.
   */
  public static Destination parse(byte[] bytes, int offset, int length) {
    throw new UnsupportedOperationException("seam");
  }

  /** Decodes I2P Base64; IllegalArgumentException says what is wrong. */
  public static Destination fromBase64(String text) {
    throw new UnsupportedOperationException("seam");
  }

  /** Bytes of the whole structure. */
  public int length() {
    throw new UnsupportedOperationException("seam");
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    throw new UnsupportedOperationException("seam");
  }

  /** Copies the bytes to {@code target} and returns the offset behind them. */
  public int writeTo(byte[] target, int offset) {
    throw new UnsupportedOperationException("seam");
  }

  /** Whether {@code bytes[offset, offset+length)} is this destination. */
  public boolean matches(byte[] bytes, int offset, int length) {
    throw new UnsupportedOperationException("seam");
  }

  /** SHA-256 of the bytes, computed once. */
  public Hash hash() {
    throw new UnsupportedOperationException("seam");
  }

  /** {@code <52 characters>.b32.i2p}. */
  public String base32() {
    throw new UnsupportedOperationException("seam");
  }

  /** The whole destination in I2P Base64. */
  public String base64() {
    throw new UnsupportedOperationException("seam");
  }

  /** The signing key's type, or null when the certificate names one we do not know. */
  public @Nullable SigningKeyType signingKeyType() {
    throw new UnsupportedOperationException("seam");
  }

  /** The signing public key, reassembled from field and certificate; only for known types. */
  public byte[] signingPublicKey() {
    throw new UnsupportedOperationException("seam");
  }
}
