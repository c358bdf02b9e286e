package io.i2pstreaming.autoconfigure.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waiting for what a manager or a listener has yet to count. */
final class Meters {
  private Meters() {}

  static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!condition.call()) {
      assertThat(System.nanoTime() - end).as("deadline").isNegative();
      LockSupport.parkNanos(10_000_000);
    }
  }
}
