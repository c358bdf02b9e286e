package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A4 A5 reliable transfer")
class TransferTest {
  private static final long MILLI = Pair.MILLI;
  private static final long SECOND = Pair.SECOND;
  private static final int MEBI = 1 << 20;

  private static long retransmissions(Side side) {
    ConnectionStats stats = side.connection.stats();
    return stats.timeoutRetransmissions() + stats.fastRetransmissions();
  }

  private static void bothWays(Pair pair, long bytes, long limitNanos) {
    pair.open();
    pair.runUntil(30 * SECOND, () -> pair.client.connected + pair.server.connected == 2);
    pair.write(pair.client, bytes);
    pair.write(pair.server, bytes);
    pair.finish(pair.client);
    pair.finish(pair.server);
    pair.runUntil(limitNanos, () -> pair.client.closed != null && pair.server.closed != null);
    assertThat(pair.client.received).isEqualTo(bytes);
    assertThat(pair.server.received).isEqualTo(bytes);
    assertThat(pair.client.closed).isEqualTo(CloseReason.CLEAN);
    assertThat(pair.server.closed).isEqualTo(CloseReason.CLEAN);
  }

  @Test
  void fourMebibytesBothWaysOnAPerfectPathNeedNoRetransmission() {
    Pair pair = new Pair(Pair.config());
    bothWays(pair, 4 * MEBI, 600 * SECOND);
    assertThat(retransmissions(pair.client) + retransmissions(pair.server)).isZero();
  }

  @Test
  void fourMebibytesBothWaysArriveThroughLossJitterAndDuplicates() {
    Pair pair = new Pair(Pair.config());
    pair.loss = 0.05;
    pair.jitter = 30 * MILLI;
    pair.duplicates = 0.01;
    bothWays(pair, 4 * MEBI, 600 * SECOND);
    assertThat(retransmissions(pair.client)).isPositive();
    double mean =
        pair.client.samples.stream().mapToLong(Long::longValue).average().orElseThrow() / MILLI;
    assertThat(mean).isBetween(140.0, 260.0);
  }
}
