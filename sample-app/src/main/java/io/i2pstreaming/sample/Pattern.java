package io.i2pstreaming.sample;

import java.util.Arrays;

/** Bytes by position, the same for whoever makes them and whoever checks them. */
interface Pattern {
  /** Writes the bytes at {@code position} and behind it to the whole of {@code target}. */
  void fill(long position, byte[] target, int length);

  /** Whether the first {@code length} bytes of {@code bytes} are those at {@code position}. */
  default boolean matches(long position, byte[] bytes, int length) {
    byte[] expected = new byte[length];
    fill(position, expected, length);
    return Arrays.equals(expected, 0, length, bytes, 0, length);
  }
}
