package io.i2pstreaming.verification.simulation;

import java.util.function.Supplier;

/** Something happened in a simulation that must never happen. */
final class BrokenInvariant extends AssertionError {
  private static final long serialVersionUID = 1L;

  BrokenInvariant(String what) {
    super(what);
  }

  static void require(boolean holds, String what) {
    if (!holds) {
      throw new BrokenInvariant(what);
    }
  }

  /** The same, for words that cost something to find. */
  static void require(boolean holds, Supplier<String> what) {
    if (!holds) {
      throw new BrokenInvariant(what.get());
    }
  }
}
