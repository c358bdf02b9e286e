package io.i2pstreaming.embedded;

import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One direction between two keys: its own random stream, the burst it is in, and what waits for its
 * bandwidth. Every message draws the same numbers whatever the conditions are, so that changing one
 * condition leaves the other decisions of a seed alone. Called only by {@link EmulatedNetwork}.
 */
final class DirectedLink<K> {
  /** A burst takes from this many messages in a row … */
  static final int SHORTEST_BURST = 2;

  /** … up to and including this many. */
  static final int LONGEST_BURST = 8;

  /** What a message that is held back waits at least, when the latency is small. */
  private static final long SHORTEST_HOLD_NANOS = 10_000_000;

  final K from;
  final K to;
  final ArrayDeque<MessageInFlight<K>> waiting = new ArrayDeque<>();
  long waitingBytes;
  @Nullable NetworkConditions override;

  private SplittableRandom random;
  private int burstLeft;

  DirectedLink(K from, K to, SplittableRandom random) {
    this.from = from;
    this.to = to;
    this.random = random;
  }

  /** Begins anew with other decisions, outside of a burst. */
  void reseed(SplittableRandom random) {
    this.random = random;
    burstLeft = 0;
  }

  /** Decides whether the next message vanishes on entering. */
  boolean loses(NetworkConditions conditions) {
    boolean single = chance(conditions.loss());
    boolean burst = chance(conditions.burstLoss());
    int burstLength = SHORTEST_BURST + below(LONGEST_BURST - SHORTEST_BURST + 1);
    if (conditions.burstLoss() == 0) {
      // On a quiet link a burst that began under former conditions would last for minutes.
      burstLeft = 0;
    }
    if (burstLeft > 0) {
      burstLeft--;
      return true;
    }
    if (burst) {
      burstLeft = burstLength - 1;
      return true;
    }
    return single;
  }

  /** The time that one passage takes: latency and jitter. */
  long passageNanos(NetworkConditions conditions) {
    double deviation = 2 * random.nextDouble() - 1;
    long jitter = (long) (deviation * conditions.jitter().toNanos());
    return Math.max(0, conditions.latency().toNanos() + jitter);
  }

  /** How long a message that is held back waits on top of its passage. */
  long holdNanos(NetworkConditions conditions) {
    long longest = Math.max(SHORTEST_HOLD_NANOS, conditions.latency().toNanos());
    return (long) ((0.25 + 0.75 * random.nextDouble()) * longest);
  }

  /** One decision; draws once even when the answer is certain. */
  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** A number from 0 to {@code bound} − 1, by exactly one draw. */
  int below(int bound) {
    return (int) (random.nextDouble() * bound);
  }
}
