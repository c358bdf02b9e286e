package io.i2pstreaming.verification.architecture.broken.wire;

/** Breaks a rule: nothing may lock. */
final class Locks {
  private int count;

  synchronized int method() {
    return count++;
  }

  int block(Object lock) {
    synchronized (lock) {
      return count++;
    }
  }
}
