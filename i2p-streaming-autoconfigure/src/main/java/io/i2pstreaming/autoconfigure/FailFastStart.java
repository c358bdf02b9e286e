package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.SessionState;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.spring.I2PConfigurationException;
import io.i2pstreaming.spring.StreamManagerLifecycle;
import io.i2pstreaming.spring.StreamManagers;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Ends the start of the context when a session does not come up in time; runs right behind the
 * managers' own start, before web servers and listeners. Never starts a manager itself.
 */
final class FailFastStart implements SmartLifecycle {
  private final StreamManagers managers;
  private final Duration timeout;
  private volatile boolean running;

  /** Waits {@code timeout} in all, however many managers there are. */
  FailFastStart(StreamManagers managers, Duration timeout) {
    if (timeout.isZero() || timeout.isNegative()) {
      throw new I2PConfigurationException(
          "The property 'i2p.startup.timeout' is " + timeout + ".",
          "Write a duration longer than zero, such as 2m, or set i2p.startup.fail-fast=false.");
    }
    this.managers = managers;
    this.timeout = timeout;
  }

  @Override
  public int getPhase() {
    return StreamManagerLifecycle.PHASE + 1;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public void start() {
    long begin = System.nanoTime();
    for (StreamManager manager : managers.byName().values()) {
      Duration left = timeout.minusNanos(System.nanoTime() - begin);
      await(manager, left.isNegative() ? Duration.ZERO : left);
    }
    running = true;
  }

  private void await(StreamManager manager, Duration left) {
    try {
      if (!manager.awaitUp(left)) {
        throw failure(manager, "did not come up within " + timeout.toMillis() + " ms", null);
      }
    } catch (IOException e) {
      throw failure(manager, "cannot come up", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the I2P session", e);
    }
  }

  private static I2PConfigurationException failure(
      StreamManager manager, String what, @Nullable Exception cause) {
    SessionState state = manager.state();
    String reason = state.detail();
    if (reason.endsWith(".")) {
      reason = reason.substring(0, reason.length() - 1);
    }
    String detail = reason.isEmpty() ? "" : ": " + reason;
    return new I2PConfigurationException(
        "The I2P session '" + manager.name() + "' " + what + detail + ".",
        "Start the router and its I2CP interface, and look at 'i2p.router.host', 'i2p.router.port'"
            + " and 'i2p.router.addresses'; give it longer with 'i2p.startup.timeout', or set"
            + " i2p.startup.fail-fast=false to start without a session.",
        cause);
  }

  @Override
  public void stop() {
    running = false;
  }
}
