package io.i2pstreaming.sample;

/** Bytes that do not compress and differ from seed to seed: SplitMix64 of the position. */
final class SeededPattern implements Pattern {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private final long seed;

  SeededPattern(long seed) {
    this.seed = seed;
  }

  @Override
  public void fill(long position, byte[] target, int length) {
    long word = position >>> 3;
    long bits = mix(seed + word * GAMMA) >>> (8 * (int) (position & 7));
    for (int i = 0; i < length; i++) {
      target[i] = (byte) bits;
      bits >>>= 8;
      if ((++position & 7) == 0) {
        bits = mix(seed + ++word * GAMMA);
      }
    }
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
