package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Two streams share a link of 300 KB/s with a queue of limited length, in virtual time: the second
 * joins after 20 s, a minute later their shares are measured for a minute. Prints the second table
 * of decision 7.
 */
@DisplayName("A6 congestion")
class CongestionTest {
  private static final long BYTES_PER_SECOND = 300_000;
  private static final long MILLI = Pair.MILLI;
  private static final long SECOND = Pair.SECOND;

  /** A queue in front of a line; a packet that finds no room is lost. */
  private static final class Bottleneck implements Pair.Link {
    private final long queueBytes;
    private long freeAt;
    private long packets;
    private long dropped;
    private long waitedNanos;

    Bottleneck(long queueBytes) {
      this.queueBytes = queueBytes;
    }

    @Override
    public long delayNanos(long now, int bytes) {
      long backlogNanos = Math.max(0, freeAt - now);
      packets++;
      if (backlogNanos * BYTES_PER_SECOND / SECOND + bytes > queueBytes) {
        dropped++;
        return -1;
      }
      waitedNanos += backlogNanos;
      freeAt = now + backlogNanos + bytes * SECOND / BYTES_PER_SECOND;
      return freeAt - now;
    }

    void forget() {
      packets = 0;
      dropped = 0;
      waitedNanos = 0;
    }
  }

  private record Outcome(
      double firstShare, double secondShare, double meanQueueMillis, double droppedPercent) {
    double used() {
      return firstShare + secondShare;
    }

    double unfairness() {
      return Math.max(firstShare, secondShare) / Math.min(firstShare, secondShare);
    }
  }

  private static Outcome share(
      CongestionAlgorithm algorithm, int queueBytes, double loss, long jitter) {
    Bottleneck line = new Bottleneck(queueBytes);
    Pair first = flow(1, algorithm, line, loss, jitter);
    Pair second = flow(2, algorithm, line, loss, jitter);
    long start = first.now;
    first.open();
    run(List.of(first), start + 20 * SECOND);
    second.now = first.now;
    second.open();
    run(List.of(first, second), start + 80 * SECOND);
    line.forget();
    long firstBefore = first.server.received;
    long secondBefore = second.server.received;
    run(List.of(first, second), start + 140 * SECOND);
    double capacity = 60.0 * BYTES_PER_SECOND;
    Outcome outcome =
        new Outcome(
            (first.server.received - firstBefore) / capacity,
            (second.server.received - secondBefore) / capacity,
            (double) line.waitedNanos / Math.max(1, line.packets - line.dropped) / MILLI,
            100.0 * line.dropped / line.packets);
    System.out.printf(
        "%-6s queue %6d bytes, random loss %2.0f %%, jitter %2d ms: %3.0f %% + %3.0f %% of the line,"
            + " mean wait %4.0f ms, dropped %4.1f %%%n",
        algorithm.name().toLowerCase(Locale.ROOT),
        queueBytes,
        100 * loss,
        jitter / MILLI,
        100 * outcome.firstShare,
        100 * outcome.secondShare,
        outcome.meanQueueMillis,
        outcome.droppedPercent);
    return outcome;
  }

  private static Pair flow(
      long seed, CongestionAlgorithm algorithm, Bottleneck line, double loss, long jitter) {
    ConnectionConfig config = Pair.config(algorithm);
    Pair pair = new Pair(seed, config, config);
    pair.link = line;
    pair.loss = loss;
    pair.jitter = jitter;
    pair.client.written = 60_000_000;
    pair.client.flushed = pair.client.written;
    return pair;
  }

  /** Several pairs in one time. */
  private static void run(List<Pair> pairs, long end) {
    while (true) {
      Pair next = pairs.get(0);
      for (Pair pair : pairs) {
        next = pair.nextEvent() < next.nextEvent() ? pair : next;
      }
      if (!next.step(end)) {
        break;
      }
    }
    pairs.forEach(pair -> pair.now = end);
  }

  @Test
  void aLongQueueIsSharedAndKeptShort() {
    Outcome ours = share(CongestionAlgorithm.DELAY, 200_000, 0, 0);
    Outcome aimd = share(CongestionAlgorithm.AIMD, 200_000, 0, 0);
    assertThat(ours.used()).isGreaterThan(0.85);
    assertThat(ours.unfairness()).isLessThan(2);
    assertThat(ours.meanQueueMillis).isLessThan(100).isLessThan(aimd.meanQueueMillis / 2);
    assertThat(ours.droppedPercent).isZero();
  }

  @Test
  void aShortQueueIsSharedWithoutCollapse() {
    for (int queueBytes : new int[] {64_000, 32_000, 16_000, 8_000}) {
      Outcome ours = share(CongestionAlgorithm.DELAY, queueBytes, 0, 0);
      share(CongestionAlgorithm.AIMD, queueBytes, 0, 0);
      assertThat(ours.used()).isGreaterThan(0.7);
      assertThat(ours.unfairness()).isLessThan(queueBytes < 10_000 ? 3 : 2);
      assertThat(ours.droppedPercent).isLessThan(queueBytes < 10_000 ? 20 : 5);
    }
  }

  @Test
  void randomLossAndJitterDoNotHideTheQueue() {
    for (double loss : new double[] {0, 0.01, 0.05, 0.1}) {
      Outcome ours = share(CongestionAlgorithm.DELAY, 200_000, loss, 30 * MILLI);
      share(CongestionAlgorithm.AIMD, 200_000, loss, 30 * MILLI);
      assertThat(ours.unfairness()).isLessThan(2);
      assertThat(ours.meanQueueMillis).isLessThan(250);
    }
  }
}
