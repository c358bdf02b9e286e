package io.i2pstreaming.verification.architecture.broken.connection;

import java.security.SecureRandom;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/** Breaks a rule: randomness must be a parameter. */
final class Gambles {
  private Gambles() {}

  static int random() {
    return new Random(1).nextInt();
  }

  static double math() {
    return Math.random();
  }

  static int local() {
    return ThreadLocalRandom.current().nextInt();
  }

  static int secure() {
    return new SecureRandom().nextInt();
  }
}
