package io.i2pstreaming.verification.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.wire.MalformedPacketException;
import io.i2pstreaming.wire.PacketView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Random networks, random applications, the production engine. {@code -Dsimulation.seeds=100000}
 * plays more of them, {@code -Dsimulation.first=…} others.
 */
@DisplayName("A1 A4 A5 A7 A8 A9 A10 A16 the seeded simulation")
class SimulationTest {
  private static final int SEEDS = Integer.getInteger("simulation.seeds", 1_000);
  private static final long FIRST = Long.getLong("simulation.first", 1);
  private static final int THREADS = 2;

  @Test
  void everyInvariantHoldsOnManyRandomNetworks() throws Exception {
    long began = System.nanoTime();
    List<Simulation.Outcome> outcomes = playAll();
    long millis = (System.nanoTime() - began) / 1_000_000;
    Marks marks = new Marks();
    outcomes.forEach(outcome -> marks.add(outcome.marks()));
    long heavy = outcomes.stream().filter(Simulation.Outcome::heavy).count();
    long events = outcomes.stream().mapToLong(Simulation.Outcome::events).sum();
    double days = outcomes.stream().mapToLong(Simulation.Outcome::virtualNanos).sum() / 86_400e9;
    System.out.printf(
        "%d seeds, %d heavy (>= 10 %% loss, >= 64 KiB each way), %d events, %.1f virtual days,"
            + " %d ms%n%s",
        outcomes.size(), heavy, events, days, millis, marks);
    assertThat(heavy * 100).as("heavy seeds, in percent").isGreaterThanOrEqualTo(30L * SEEDS);
    for (Mark mark : Mark.values()) {
      assertThat(marks.times(mark)).as("how often %s was met", mark).isPositive();
    }
  }

  @Test
  void twoRunsOfASeedAreIdentical() {
    for (long seed = FIRST; seed < FIRST + 25; seed++) {
      Simulation.Outcome once = Simulation.run(seed);
      Simulation.Outcome again = Simulation.run(seed);
      assertThat(again.traceHash()).as("trace of seed %d", seed).isEqualTo(once.traceHash());
      assertThat(again.events()).isEqualTo(once.events());
    }
  }

  @Test
  void twoSeedsAreNot() {
    assertThat(Simulation.run(FIRST).traceHash())
        .isNotEqualTo(Simulation.run(FIRST + 1).traceHash());
  }

  @Test
  void aChangedByteIsNoticedAndTheFailureSaysHowToReplayIt() {
    UnaryOperator<byte[]> lastByteOfData =
        packet -> {
          boolean unsigned = (packet[packet.length - 1] & 1) == 0 && isPlainData(packet);
          if (unsigned) {
            packet[packet.length - 1] ^= 1;
          }
          return packet;
        };
    assertThatThrownBy(() -> Simulation.run(FIRST, null, lastByteOfData))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("wrong byte at offset")
        .hasMessageContaining("-Dtest=ReplaySeedTest -Dseed=" + FIRST + " ")
        .hasMessageContaining("its end:\n")
        .hasMessageContaining(" payload ");
  }

  private static boolean isPlainData(byte[] packet) {
    try {
      PacketView view = new PacketView().wrap(packet, 0, packet.length);
      return view.payloadLength() > 0 && view.signatureLength() == 0;
    } catch (MalformedPacketException malformed) {
      throw new AssertionError(malformed);
    }
  }

  private static List<Simulation.Outcome> playAll() throws InterruptedException {
    ExecutorService workers = Executors.newFixedThreadPool(THREADS);
    List<Future<Simulation.Outcome>> runs = new ArrayList<>();
    try {
      for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
        long played = seed;
        runs.add(workers.submit(() -> Simulation.run(played)));
      }
      List<Simulation.Outcome> outcomes = new ArrayList<>();
      List<String> failures = new ArrayList<>();
      for (Future<Simulation.Outcome> run : runs) {
        try {
          outcomes.add(run.get());
        } catch (ExecutionException broken) {
          failures.add(String.valueOf(broken.getCause().getMessage()));
        }
      }
      assertThat(failures)
          .as("%d failing seeds, of which the first", failures.size())
          .satisfies(all -> assertThat(all.stream().limit(5)).isEmpty());
      return outcomes;
    } finally {
      workers.shutdownNow();
    }
  }
}
