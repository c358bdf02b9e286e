package io.i2pstreaming;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.endpoint.PingListener;
import io.i2pstreaming.facade.Latest;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.loop.Resolution;
import io.i2pstreaming.loop.SessionLoop;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One echo request, from the name to the reply. Made and awaited by an application thread, answered
 * by the loop.
 */
final class Ping implements Resolution, PingListener {
  /** How much longer than its timeout a ping waits for a loop that is busy. */
  private static final long GRACE_NANOS = 10_000_000_000L;

  private static final int PAYLOAD_BYTES = 32;

  /**
   * How it ended.
   *
   * @param reason why there was no reply, or null when there was one
   */
  private record Outcome(
      boolean ended, long rttNanos, @Nullable CloseReason reason, String detail) {
    static Outcome failed(CloseReason reason, String detail) {
      return new Outcome(true, 0, reason, detail);
    }
  }

  private static final Outcome PENDING =
      new Outcome(false, 0, CloseReason.CONNECT_TIMEOUT, "no reply within the timeout");

  private final SessionLoop loop;
  private final I2PAddress address;
  private final long timeoutNanos;
  private final long startedAtNanos;
  private final Latest<Outcome> outcome = new Latest<>(PENDING);

  Ping(SessionLoop loop, I2PAddress address, long timeoutNanos) {
    this.loop = loop;
    this.address = address;
    this.timeoutNanos = Math.max(1, timeoutNanos);
    this.startedAtNanos = loop.nanos();
  }

  /** Sends it and waits for the reply; fails with the reason why there was none. */
  Duration roundTrip() throws IOException {
    Outcome end;
    try {
      end = await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("interrupted during a ping");
      interrupted.initCause(e);
      throw interrupted;
    }
    if (end.reason() != null) {
      throw Failures.exception(end.reason(), end.detail());
    }
    return Duration.ofNanos(end.rttNanos());
  }

  private Outcome await() throws InterruptedException {
    if (!loop.resolve(address.destination(), address.name(), timeoutNanos, this)) {
      return Outcome.failed(
          CloseReason.ROUTER_LOST, "too much waits for the router already, or it is closed");
    }
    return outcome.await(Outcome::ended, timeoutNanos + GRACE_NANOS);
  }

  @Override
  public void resolved(long now, Destination destination) {
    byte[] payload = new byte[PAYLOAD_BYTES];
    ThreadLocalRandom.current().nextBytes(payload);
    long remaining = Math.max(1, timeoutNanos - (now - startedAtNanos));
    loop.endpoint().ping(now, destination, 0, address.port(), payload, remaining, this);
  }

  @Override
  public void unresolved(CloseReason reason, String detail) {
    outcome.set(Outcome.failed(reason, detail));
  }

  @Override
  public void pong(long rttNanos, byte[] payload) {
    outcome.set(new Outcome(true, rttNanos, null, ""));
  }

  @Override
  public void timedOut() {
    outcome.set(
        Outcome.failed(CloseReason.CONNECT_TIMEOUT, "the destination sent no reply in time"));
  }
}
