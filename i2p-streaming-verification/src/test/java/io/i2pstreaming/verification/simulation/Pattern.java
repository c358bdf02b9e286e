package io.i2pstreaming.verification.simulation;

/** The bytes of one direction of one stream, computed from their offset. */
final class Pattern {
  private final long key;

  Pattern(long key) {
    this.key = key;
  }

  void fill(long from, byte[] target, int offset, int length) {
    for (int i = 0; i < length; i++) {
      target[offset + i] = at(from + i);
    }
  }

  /** The offset of the first byte that is not of this pattern, or −1. */
  long firstDifference(long from, byte[] bytes, int offset, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[offset + i] != at(from + i)) {
        return from + i;
      }
    }
    return -1;
  }

  private byte at(long offset) {
    long word = (key + (offset >>> 3)) * 0x9e3779b97f4a7c15L;
    word ^= word >>> 32;
    return (byte) (word >>> (8 * (offset & 7)));
  }
}
