package io.i2pstreaming.verification.architecture.broken.i2cp;

import java.util.concurrent.locks.ReentrantLock;

/** Breaks a rule: nothing may wait. */
final class Waits {
  private Waits() {}

  static boolean lock() {
    return new ReentrantLock().isLocked();
  }

  static String thread() {
    return Thread.currentThread().getName();
  }

  @SuppressWarnings("WaitNotInLoop") // it is here to be caught
  static void monitor(Object monitor) throws InterruptedException {
    monitor.wait(1);
  }
}
