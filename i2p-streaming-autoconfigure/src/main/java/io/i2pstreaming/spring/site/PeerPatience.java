package io.i2pstreaming.spring.site;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long the gateway still waits for a peer inside bodies: a fixed time, and more for every byte
 * that moved. Single bytes before each timeout do not hold a place for ever. Thread-safe.
 */
final class PeerPatience {
  /** A peer must move this many bytes per second on the average, once the fixed time is over. */
  private static final long LEAST_BYTES_PER_SECOND = 64;

  private final AtomicLong leftNanos;

  PeerPatience(Duration fixed) {
    leftNanos = new AtomicLong(fixed.toNanos());
  }

  /** Something of {@code bytes} took {@code nanos} of waiting for the peer. */
  void spent(long nanos, long bytes) throws SocketTimeoutException {
    long earned = bytes * (1_000_000_000L / LEAST_BYTES_PER_SECOND);
    if (leftNanos.addAndGet(earned - nanos) < 0) {
      throw new SocketTimeoutException("the peer is too slow");
    }
  }
}
