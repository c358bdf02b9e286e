package io.i2pstreaming.autoconfigure.metrics;

import io.i2pstreaming.ManagerStats;
import io.i2pstreaming.SessionState;
import io.i2pstreaming.StreamManager;
import java.util.concurrent.TimeUnit;

/**
 * A manager's totals for the meters that read them. Meters are read one by one but belong together,
 * and each question costs the manager's thread a look at all its streams: so the answer is kept for
 * a moment. Thread-safe.
 */
final class ManagerReading {
  private static final long KEPT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private record Answer(long atNanos, ManagerStats stats) {}

  private final StreamManager manager;
  private volatile Answer last;

  ManagerReading(StreamManager manager) {
    this.manager = manager;
    this.last = new Answer(System.nanoTime() - KEPT_NANOS, manager.stats());
  }

  ManagerStats stats() {
    Answer known = last;
    if (System.nanoTime() - known.atNanos() < KEPT_NANOS) {
      return known.stats();
    }
    // Two may ask at once: both answers are right.
    Answer fresh = new Answer(System.nanoTime(), manager.stats());
    last = fresh;
    return fresh.stats();
  }

  SessionState state() {
    return manager.state();
  }
}
