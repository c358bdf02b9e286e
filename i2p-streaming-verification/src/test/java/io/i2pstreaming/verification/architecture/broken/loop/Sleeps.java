package io.i2pstreaming.verification.architecture.broken.loop;

import java.util.concurrent.TimeUnit;

/** Breaks a rule: waiting needs a condition. */
final class Sleeps {
  private Sleeps() {}

  static void thread() throws InterruptedException {
    Thread.sleep(1);
  }

  static void unit() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(1);
  }
}
