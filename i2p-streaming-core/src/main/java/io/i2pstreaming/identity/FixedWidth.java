package io.i2pstreaming.identity;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.util.BigIntegers;

/**
 * I2P's encoding of numbers in keys and signatures: unsigned, big-endian, of a fixed width, two of
 * them joined without any frame. Used by the DSA and ECDSA code.
 */
final class FixedWidth {
  private FixedWidth() {}

  static BigInteger read(byte[] bytes, int offset, int width) {
    return new BigInteger(1, bytes, offset, width);
  }

  static void write(BigInteger value, byte[] target, int offset, int width) {
    BigIntegers.asUnsignedByteArray(value, target, offset, width);
  }

  /** {@code first} and {@code second} side by side, each half of {@code length} bytes. */
  static byte[] pair(BigInteger first, BigInteger second, int length) {
    byte[] joined = new byte[length];
    write(first, joined, 0, length / 2);
    write(second, joined, length / 2, length / 2);
    return joined;
  }

  /** A private key: its number and nothing around it. */
  static byte[] single(BigInteger value, int length) {
    byte[] bytes = new byte[length];
    write(value, bytes, 0, length);
    return bytes;
  }

  static byte[] digest(Digest digest, byte[] message, int offset, int length) {
    byte[] value = new byte[digest.getDigestSize()];
    digest.update(message, offset, length);
    digest.doFinal(value, 0);
    return value;
  }

  static boolean isZero(byte[] bytes) {
    return Arrays.equals(bytes, new byte[bytes.length]);
  }
}
