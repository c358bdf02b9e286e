package io.i2pstreaming.endpoint;

import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/**
 * Draws the ids of our ends of streams and pings: random, not 0 (which means unknown), not all
 * ones, and nobody else's. Asked by {@link StreamingEndpoint}; remembers none.
 */
final class StreamIds {
  private final RandomGenerator random;
  private final IntPredicate taken;

  /** With who says whether an id belongs, or until lately belonged, to somebody. */
  StreamIds(RandomGenerator random, IntPredicate taken) {
    this.random = random;
    this.taken = taken;
  }

  int draw() {
    int id;
    do {
      id = random.nextInt();
    } while (id == 0 || id == -1 || taken.test(id));
    return id;
  }
}
