package io.i2pstreaming.verification.architecture.broken.connection;

import java.time.Instant;
import java.util.Date;

/** Breaks a rule: time must be a parameter. */
final class ReadsClock {
  private ReadsClock() {}

  static long nanos() {
    return System.nanoTime();
  }

  static long millis() {
    return System.currentTimeMillis();
  }

  static Instant instant() {
    return Instant.now();
  }

  @SuppressWarnings("JavaUtilDate") // it is here to be caught
  static Date date() {
    return new Date();
  }
}
