package io.i2pstreaming.verification.architecture.broken.facade;

/** Breaks a rule: the facade's locks must not pin virtual threads. */
final class Pins {
  private int count;

  int block(Object lock) {
    synchronized (lock) {
      return count++;
    }
  }
}
