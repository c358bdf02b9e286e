package io.i2pstreaming.verification.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Plays a range of seeds and keeps sums only, so that their number costs time and no memory. */
final class SeedRange {
  private static final int SAY_EVERY = 10_000;
  private static final int FAILURES_KEPT = 5;
  private static final double NANOS_PER_DAY = 86_400e9;

  private final long first;
  private final long[] nanos;
  private final Marks marks = new Marks();
  private final List<String> failures = new ArrayList<>();
  private long began;
  private int taken;
  private int played;
  private int failed;
  private int heavy;
  private long events;
  private double virtualNanos;

  SeedRange(long first, int count) {
    this.first = first;
    nanos = new long[count];
  }

  /** Plays them all, on so many threads. */
  void play(int threads) throws InterruptedException {
    began = System.nanoTime();
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread worker = new Thread(this::work, "seeds-" + i);
      worker.start();
      workers.add(worker);
    }
    for (Thread worker : workers) {
      worker.join();
    }
  }

  private void work() {
    for (int i = take(); i < nanos.length; i = take()) {
      long start = System.nanoTime();
      try {
        played(Simulation.run(first + i), System.nanoTime() - start);
      } catch (AssertionError broken) {
        failed(broken);
      }
    }
  }

  private synchronized int take() {
    return taken++;
  }

  private synchronized void played(Simulation.Outcome outcome, long took) {
    nanos[played] = took;
    marks.add(outcome.marks());
    heavy += outcome.heavy() ? 1 : 0;
    events += outcome.events();
    virtualNanos += outcome.virtualNanos();
    played++;
    if (played % SAY_EVERY == 0) {
      System.out.printf("%d of %d seeds, %d s, %d failed%n", played, nanos.length, age(), failed);
    }
  }

  private synchronized void failed(AssertionError broken) {
    failed++;
    if (failures.size() < FAILURES_KEPT) {
      failures.add(String.valueOf(broken.getMessage()));
    }
  }

  private long age() {
    return (System.nanoTime() - began) / 1_000_000_000L;
  }

  int playedSeeds() {
    return played;
  }

  int failedSeeds() {
    return failed;
  }

  /** What the first of them said. */
  List<String> failures() {
    return failures;
  }

  int heavySeeds() {
    return heavy;
  }

  Marks marks() {
    return marks;
  }

  @Override
  public String toString() {
    long[] sorted = Arrays.copyOf(nanos, played);
    Arrays.sort(sorted);
    return String.format(
        "%d seeds from %d, %d heavy (>= 10 %% loss, >= 64 KiB each way), %d events,"
            + " %.1f virtual days, %d s; a seed takes %.2f ms (median), %.0f ms (most)%n%s",
        played,
        first,
        heavy,
        events,
        virtualNanos / NANOS_PER_DAY,
        age(),
        played == 0 ? 0 : sorted[played / 2] / 1e6,
        played == 0 ? 0 : sorted[played - 1] / 1e6,
        marks);
  }
}
