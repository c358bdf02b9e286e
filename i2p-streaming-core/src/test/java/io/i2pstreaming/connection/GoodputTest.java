package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Goodput under loss, in virtual time: 4 MiB over a round trip of 200 ms against {@link
 * OracleSender}. Prints the table of decision 7: {@code mvn -pl i2p-streaming-core test
 * -Dtest=GoodputTest}; {@code -Dgoodput.seeds=100} for smoother figures.
 */
@DisplayName("A5 A6 goodput under loss")
class GoodputTest {
  private static final int SEEDS = Integer.getInteger("goodput.seeds", 5);
  private static final int BYTES = 4 << 20;
  private static final int PAYLOAD = 1812;
  private static final int FIRST_WINDOW = 6;
  private static final int MAX_WINDOW = 124;
  private static final long ROUND_TRIP_NANOS = 200 * Pair.MILLI;
  private static final int[] LOSS_PERCENT = {0, 1, 5, 10};

  /** Sums over the seeds. */
  private record Figure(long oracleNanos, long ourNanos, long resent, long timeouts) {
    double percentOfOracle() {
      return 100.0 * oracleNanos / ourNanos;
    }

    double kibPerSecond(long nanos) {
      return SEEDS * (BYTES / 1024.0) * 1e9 / nanos;
    }
  }

  private static Figure measure(CongestionAlgorithm algorithm, int lossPercent, long jitterNanos) {
    long oracleNanos = 0;
    long ourNanos = 0;
    long resent = 0;
    long timeouts = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      double loss = lossPercent / 100.0;
      int packets = (BYTES + PAYLOAD - 1) / PAYLOAD;
      oracleNanos +=
          new OracleSender(seed, loss, ROUND_TRIP_NANOS, FIRST_WINDOW, MAX_WINDOW)
              .transferNanos(packets);
      ConnectionConfig config = Pair.config(algorithm);
      Pair pair = new Pair(seed, config, config);
      pair.latency = ROUND_TRIP_NANOS / 2;
      pair.jitter = jitterNanos;
      pair.open();
      pair.runUntil(Pair.SECOND, () -> pair.client.connected + pair.server.connected == 2);
      pair.run(Pair.SECOND);
      pair.loss = loss;
      long start = pair.now;
      pair.write(pair.client, BYTES);
      pair.runUntil(3600 * Pair.SECOND, () -> pair.server.received == BYTES);
      ourNanos += pair.now - start;
      ConnectionStats stats = pair.client.connection.stats();
      resent += stats.fastRetransmissions() + stats.timeoutRetransmissions();
      timeouts += stats.timeoutRetransmissions();
    }
    return new Figure(oracleNanos, ourNanos, resent, timeouts);
  }

  private static Figure printed(CongestionAlgorithm algorithm, int lossPercent, int jitterMillis) {
    Figure figure = measure(algorithm, lossPercent, jitterMillis * Pair.MILLI);
    System.out.printf(
        "%-6s jitter %2d ms, loss %2d %%: %6.0f of %6.0f KiB/s = %5.1f %%,"
            + " %5.1f sent again of which %5.1f by timer%n",
        algorithm.name().toLowerCase(Locale.ROOT),
        jitterMillis,
        lossPercent,
        figure.kibPerSecond(figure.ourNanos),
        figure.kibPerSecond(figure.oracleNanos),
        figure.percentOfOracle(),
        (double) figure.resent / SEEDS,
        (double) figure.timeouts / SEEDS);
    return figure;
  }

  @Test
  void theDefaultComesCloseToASenderThatKnowsEveryLoss() {
    Map<CongestionAlgorithm, Figure[]> steady = new EnumMap<>(CongestionAlgorithm.class);
    for (CongestionAlgorithm algorithm : CongestionAlgorithm.values()) {
      Figure[] figures = new Figure[LOSS_PERCENT.length];
      for (int i = 0; i < figures.length; i++) {
        figures[i] = printed(algorithm, LOSS_PERCENT[i], 0);
      }
      steady.put(algorithm, figures);
      for (int lossPercent : LOSS_PERCENT) {
        printed(algorithm, lossPercent, 30);
      }
    }
    Figure[] ours = steady.get(CongestionAlgorithm.DELAY);
    Figure[] aimd = steady.get(CongestionAlgorithm.AIMD);
    assertThat(ours[0].resent).as("sent again without loss").isZero();
    assertThat(aimd[0].resent).as("sent again without loss").isZero();
    assertThat(ours[0].percentOfOracle()).isGreaterThan(95);
    assertThat(ours[1].percentOfOracle()).isGreaterThan(80);
    assertThat(ours[2].percentOfOracle()).isGreaterThan(75);
    assertThat(ours[3].percentOfOracle()).isGreaterThan(70);
  }
}
