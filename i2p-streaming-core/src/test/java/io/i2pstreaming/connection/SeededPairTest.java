package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Mutation testing runs it thousands of times, and so with fewer seeds. */
@DisplayName("A1 A4 A5 A7 A8 random networks and applications")
class SeededPairTest {
  private static final int SEEDS = Integer.getInteger("pair.seeds", 400);
  private static final long MILLI = Pair.MILLI;
  private static final long SECOND = Pair.SECOND;

  private int withHeavyLoss;
  private long timeouts;
  private long fastResends;
  private long chokes;

  @Test
  void everyStreamArrivesWholeAndEndsCleanly() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      try {
        run(seed);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e, e);
      }
    }
    assertThat(withHeavyLoss).isGreaterThan(SEEDS / 4);
    assertThat(timeouts).isPositive();
    assertThat(fastResends).isPositive();
    assertThat(chokes).isPositive();
  }

  @Test
  void aSeedReplaysIdentically() {
    for (long seed = 1; seed <= 20; seed++) {
      String first = run(seed);
      assertThat(run(seed)).isEqualTo(first);
    }
  }

  private String run(long seed) {
    Random random = new Random(seed);
    Pair pair = new Pair(seed, config(random), config(random));
    pair.latency = random.nextLong(400 * MILLI);
    pair.jitter = random.nextBoolean() ? 0 : random.nextLong(pair.latency / 2 + 1);
    pair.loss = random.nextInt(4) == 0 ? 0 : random.nextDouble() * 0.3;
    pair.duplicates = random.nextInt(3) == 0 ? 0.05 : 0;
    withHeavyLoss += pair.loss >= 0.1 ? 1 : 0;
    if (random.nextBoolean()) {
      act(pair, pair.client, random);
    }
    pair.open();
    pair.runUntil(7200 * SECOND, () -> pair.client.connected == 1);
    int actions = random.nextInt(40);
    for (int i = 0; i < actions; i++) {
      act(pair, random.nextBoolean() ? pair.client : pair.server, random);
      pair.run(random.nextLong(1000 * MILLI));
    }
    for (Side side : new Side[] {pair.client, pair.server}) {
      side.autoRead = true;
      pair.read(side, Long.MAX_VALUE / 2);
      pair.finish(side);
      pair.run(random.nextLong(1000 * MILLI));
    }
    pair.runUntil(7200 * SECOND, () -> pair.client.closed != null && pair.server.closed != null);
    assertThat(pair.server.received).as("to server").isEqualTo(pair.client.written);
    assertThat(pair.client.received).as("to client").isEqualTo(pair.server.written);
    assertThat(pair.client.closed).isEqualTo(CloseReason.CLEAN);
    assertThat(pair.server.closed).isEqualTo(CloseReason.CLEAN);
    pair.runUntil(
        120 * SECOND,
        () -> pair.client.connection.isFinished() && pair.server.connection.isFinished());
    count(pair.client.connection.stats());
    count(pair.server.connection.stats());
    return pair.now + " " + pair.describe();
  }

  private void count(ConnectionStats stats) {
    timeouts += stats.timeoutRetransmissions();
    fastResends += stats.fastRetransmissions();
    chokes += stats.chokesReceived();
  }

  private static ConnectionConfig config(Random random) {
    return new ConnectionConfig(
        1 + random.nextInt(10),
        1 + random.nextInt(128),
        512 + random.nextInt(1300),
        500 * MILLI + random.nextLong(9 * SECOND),
        random.nextLong(500 * MILLI),
        1,
        0,
        random.nextInt(3) == 0 ? random.nextLong(SECOND) : 0,
        12,
        90 * SECOND,
        random.nextBoolean() ? InactivityAction.SEND : InactivityAction.NONE,
        32 * 1024 + random.nextInt(400_000),
        random.nextInt(3) == 0 ? CongestionAlgorithm.AIMD : CongestionAlgorithm.DELAY);
  }

  private static void act(Pair pair, Side side, Random random) {
    if (side.closed != null) {
      return;
    }
    switch (random.nextInt(6)) {
      case 0 -> pair.write(side, random.nextInt(100));
      case 1 -> pair.write(side, random.nextInt(100_000));
      case 2 -> pair.writeUnflushed(side, random.nextInt(3000));
      case 3 -> side.autoRead = false;
      case 4 -> {
        side.autoRead = true;
        if (side.connection != null) {
          pair.read(side, Long.MAX_VALUE / 2);
        }
      }
      default -> {
        if (side.connection != null) {
          pair.read(side, random.nextInt(50_000));
        }
      }
    }
  }
}
