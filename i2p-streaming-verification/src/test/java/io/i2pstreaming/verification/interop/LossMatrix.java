package io.i2pstreaming.verification.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.ManagerStats;
import io.i2pstreaming.embedded.NetworkConditions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Another implementation and we, each as dialler and as dialled, each as sender and as receiver,
 * all of it at once on one bad network after the other: everything must arrive, and intact.
 *
 * <p>Sizes suit a build. {@code -Dmatrix=full} takes larger ones, longer round trips and jitter
 * with each loss; CONTRIBUTING.md names the command.
 */
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LossMatrix {
  static final boolean FULL = "full".equals(System.getProperty("matrix"));
  static final Duration DEADLINE = Duration.ofMinutes(FULL ? 20 : 8);

  /** Theirs is smaller: the reference sends slowly through loss. */
  static final long OUR_BYTES = FULL ? 4 << 20 : 1 << 20;

  static final long THEIR_BYTES = FULL ? 1 << 20 : 256 << 10;

  /** Both servers of a matrix serve these. */
  static final int SINK_PORT = 9;

  static final int SOURCE_PORT = 19;

  /**
   * One stream.
   *
   * @param sender whose retransmissions are counted; only ours can be asked
   */
  record Cell(
      String name,
      Peer dialler,
      Exchange exchange,
      String destination,
      int port,
      Peer server,
      int servedPort,
      long bytes,
      @Nullable OurPeer sender) {
    Report run() {
      return dialler.dial(exchange, destination, port, bytes, port, DEADLINE);
    }

    long retransmissions() {
      if (sender == null) {
        return -1;
      }
      ManagerStats stats = sender.manager().stats();
      return stats.timeoutRetransmissions() + stats.fastRetransmissions();
    }
  }

  /** Starts routers and peers. */
  abstract void startPeers() throws Exception;

  abstract List<Cell> cells() throws Exception;

  /** Makes the network between us and them so. */
  abstract void conditions(NetworkConditions conditions);

  /** Messages lost so far. */
  abstract long lost();

  abstract void stopPeers() throws IOException;

  @BeforeAll
  void start() throws Exception {
    startPeers();
  }

  @AfterAll
  void stop() throws IOException {
    stopPeers();
  }

  static List<NetworkConditions> networks() {
    List<NetworkConditions> networks = new ArrayList<>();
    for (int oneWayMillis : FULL ? new int[] {5, 50} : new int[] {5}) {
      for (double loss : new double[] {0, 0.01, 0.05, 0.10}) {
        networks.add(network(oneWayMillis, 0, loss));
        if (FULL || loss == 0.01) {
          networks.add(network(oneWayMillis, oneWayMillis / 2, loss));
        }
      }
    }
    return networks;
  }

  private static NetworkConditions network(int oneWayMillis, int jitterMillis, double loss) {
    return NetworkConditions.perfect()
        .withLatency(Duration.ofMillis(oneWayMillis), Duration.ofMillis(jitterMillis))
        .withLoss(loss, 0);
  }

  @ParameterizedTest
  @MethodSource("networks")
  @DisplayName("A5 mixed senders and receivers, all complete and intact")
  void allArrivesIntact(NetworkConditions network) throws Exception {
    conditions(network);
    long lostBefore = lost();
    List<Cell> cells = cells();
    ExecutorService diallers = Executors.newFixedThreadPool(cells.size());
    try {
      List<Long> retransmissions = cells.stream().map(Cell::retransmissions).toList();
      List<Future<Report>> running =
          cells.stream().map(cell -> diallers.submit(cell::run)).toList();
      for (int i = 0; i < cells.size(); i++) {
        Report report = running.get(i).get();
        print(network, cells.get(i), report, retransmissions.get(i));
        check(cells.get(i), report);
      }
    } finally {
      diallers.shutdownNow();
    }
    assertThat(lost() - lostBefore > 0).isEqualTo(network.loss() > 0);
  }

  private static void check(Cell cell, Report report) {
    assertThat(report.failure()).as(cell.name()).isEmpty();
    boolean up = cell.exchange() == Exchange.UP_SIZED;
    // Sending ends with the digest of the peer; what comes was compared byte by byte.
    assertThat(up ? report.sent() - 16 : report.received()).as(cell.name()).isEqualTo(cell.bytes());
    Report served = cell.server().served(cell.servedPort(), DEADLINE);
    assertThat(up ? served.received() - 16 : served.sent())
        .as(cell.name() + ", at the server: " + served.failure())
        .isEqualTo(cell.bytes());
  }

  private void print(NetworkConditions network, Cell cell, Report report, long before) {
    System.out.printf(
        "FIGURE %s: RTT %d ms, jitter %d ms, loss %.0f %%: %s: %d KB, %d KB/s after a handshake of"
            + " %d ms%s%n",
        getClass().getSimpleName(),
        2 * network.latency().toMillis(),
        network.jitter().toMillis(),
        100 * network.loss(),
        cell.name(),
        cell.bytes() / 1000,
        report.kilobytesPerSecond(),
        report.connectMillis(),
        cell.sender() == null ? "" : ", retransmissions " + (cell.retransmissions() - before));
  }
}
