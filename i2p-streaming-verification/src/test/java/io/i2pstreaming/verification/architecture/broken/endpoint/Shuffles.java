package io.i2pstreaming.verification.architecture.broken.endpoint;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** Breaks a rule: the order of these differs from run to run. */
final class Shuffles {
  private Shuffles() {}

  static Map<String, String> identity() {
    return new IdentityHashMap<>();
  }

  static Set<String> immutable() {
    return Set.of("a", "b");
  }
}
