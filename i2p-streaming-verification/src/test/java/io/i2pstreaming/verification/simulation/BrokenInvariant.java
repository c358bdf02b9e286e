package io.i2pstreaming.verification.simulation;

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
}
