package io.i2pstreaming.verification.architecture.broken.endpoint;

import java.util.IdentityHashMap;
import java.util.Map;

/** Breaks a rule: the order of these differs from run to run. */
final class Shuffles {
  private Shuffles() {}

  static Map<String, String> identity() {
    return new IdentityHashMap<>();
  }

  static int address(Object object) {
    return System.identityHashCode(object);
  }
}
