package io.i2pstreaming.verification.interop;

/**
 * A byte sequence that both ends compute from a seed, so that nobody has to keep or send a copy of
 * what is transferred. Position 0 is the first byte; two sequences of different seeds differ.
 */
final class PatternBytes {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private final long seed;
  private long position;

  PatternBytes(long seed) {
    this.seed = seed;
  }

  /** Writes the next {@code length} bytes of the sequence to {@code target}. */
  void fill(byte[] target, int offset, int length) {
    for (int i = 0; i < length; i++) {
      target[offset + i] = next();
    }
  }

  /** Index of the first byte that differs from the next bytes of the sequence, or −1. */
  int mismatch(byte[] bytes, int offset, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[offset + i] != next()) {
        return i;
      }
    }
    return -1;
  }

  private long word;

  private byte next() {
    int shift = (int) (position & 7) * 8;
    if (shift == 0) {
      word = mix(seed + (position >>> 3) * GOLDEN);
    }
    position++;
    return (byte) (word >>> shift);
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
