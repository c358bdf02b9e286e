package io.i2pstreaming.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 value: equal by content, usable as a map key. Immutable, so any thread may hold it.
 *
 * <p>Common structures specification, "Hash".
 */
public final class Hash {
  /** Bytes of a hash. */
  public static final int LENGTH = 32;

  private static final String SUFFIX = ".b32.i2p";

  private final byte[] value;

  private Hash(byte[] value) {
    this.value = value;
  }

  /** The hash of {@code bytes[offset, offset+length)}. */
  public static Hash of(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, offset, length);
      return new Hash(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have SHA-256", e);
    }
  }

  /** Wraps 32 bytes that are already a hash; copies them. */
  public static Hash wrap(byte[] bytes, int offset) {
    Objects.checkFromIndexSize(offset, LENGTH, bytes.length);
    return new Hash(Arrays.copyOfRange(bytes, offset, offset + LENGTH));
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    return value.clone();
  }

  /** Whether the 32 bytes at {@code offset} are this hash. */
  public boolean matches(byte[] bytes, int offset) {
    return Arrays.equals(value, 0, LENGTH, bytes, offset, offset + LENGTH);
  }

  /** {@code <52 characters>.b32.i2p}. */
  public String base32() {
    return I2PEncoding.base32(value) + SUFFIX;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Hash hash && Arrays.equals(value, hash.value);
  }

  /** Four bytes of the value, which are as random as any hash of them. */
  @Override
  public int hashCode() {
    return (value[0] << 24)
        | ((value[1] & 0xff) << 16)
        | ((value[2] & 0xff) << 8)
        | (value[3] & 0xff);
  }

  @Override
  public String toString() {
    return base32();
  }
}
