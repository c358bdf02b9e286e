package io.i2pstreaming.identity;

/** A SHA-256 value: equal by content, usable as a map key. */
public final class Hash {
  /** The hash of {@code bytes[offset, offset+length)}. */
  public static Hash of(byte[] bytes, int offset, int length) {
    throw new UnsupportedOperationException("seam");
  }

  /** Wraps 32 bytes that are already a hash; copies them. */
  public static Hash wrap(byte[] bytes, int offset) {
    throw new UnsupportedOperationException("seam");
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    throw new UnsupportedOperationException("seam");
  }

  /** {@code <52 characters>.b32.i2p}. */
  public String base32() {
    throw new UnsupportedOperationException("seam");
  }
}
