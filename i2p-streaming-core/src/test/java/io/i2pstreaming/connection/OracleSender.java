package io.i2pstreaming.connection;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;

/**
 * The sender that ours is measured against: same first window, same largest window, but it learns
 * of the fate of every packet exactly one round trip after it left, and never slows down.
 */
final class OracleSender {
  private record Fate(long at, int sequence, boolean arrives) {}

  private final Random random;
  private final double loss;
  private final long roundTripNanos;
  private final int maxWindow;
  private final PriorityQueue<Fate> fates =
      new PriorityQueue<>(Comparator.comparingLong(Fate::at).thenComparingInt(Fate::sequence));
  private final Queue<Integer> lost = new ArrayDeque<>();
  private int window;

  OracleSender(long seed, double loss, long roundTripNanos, int firstWindow, int maxWindow) {
    random = new Random(seed);
    this.loss = loss;
    this.roundTripNanos = roundTripNanos;
    this.maxWindow = maxWindow;
    window = firstWindow;
  }

  /** How long it takes until the receiver has this many packets. */
  long transferNanos(int packets) {
    boolean[] arrived = new boolean[packets];
    int lowest = 0;
    int next = 0;
    long now = 0;
    while (lowest < packets) {
      while (fates.size() < window
          && (!lost.isEmpty() || (next < packets && next - lowest < maxWindow))) {
        int sequence = lost.isEmpty() ? next++ : lost.remove();
        fates.add(new Fate(now + roundTripNanos, sequence, random.nextDouble() >= loss));
      }
      Fate fate = fates.remove();
      now = fate.at();
      if (fate.arrives()) {
        arrived[fate.sequence()] = true;
        window = Math.min(maxWindow, window + 1);
      } else {
        lost.add(fate.sequence());
      }
      while (lowest < packets && arrived[lowest]) {
        lowest++;
      }
    }
    return now - roundTripNanos / 2;
  }
}
