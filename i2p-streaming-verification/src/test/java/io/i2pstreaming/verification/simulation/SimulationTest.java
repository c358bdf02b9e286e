package io.i2pstreaming.verification.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.wire.MalformedPacketException;
import io.i2pstreaming.wire.PacketView;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random networks, random applications, the production engine. {@code -Dsimulation.seeds=200000}
 * plays more of them, {@code -Dsimulation.first=…} others; more than a build plays take one core
 * unless {@code -Dsimulation.threads=2} allows two.
 */
@DisplayName("A1 A4 A5 A7 A8 A9 A10 A16 the seeded simulation")
class SimulationTest {
  private static final int MOST_IN_A_BUILD = 10_000;
  private static final int SEEDS = Integer.getInteger("simulation.seeds", 2_000);
  private static final long FIRST = Long.getLong("simulation.first", 1);
  private static final int THREADS =
      Integer.getInteger("simulation.threads", SEEDS > MOST_IN_A_BUILD ? 1 : 2);

  @Test
  void everyInvariantHoldsOnManyRandomNetworks() throws Exception {
    SeedRange seeds = new SeedRange(FIRST, SEEDS);
    seeds.play(THREADS);
    System.out.println(seeds);
    assertThat(seeds.failures())
        .as("%d failing seeds, of which the first", seeds.failedSeeds())
        .isEmpty();
    assertThat(seeds.playedSeeds()).as("seeds played to their end").isEqualTo(SEEDS);
    assertThat(seeds.heavySeeds() * 100L)
        .as("heavy seeds, in percent")
        .isGreaterThanOrEqualTo(30L * SEEDS);
    for (Mark mark : Mark.values()) {
      assertThat(seeds.marks().times(mark)).as("how often %s was met", mark).isPositive();
    }
  }

  /**
   * 1023651: a burst of losses outlived the network that had it. 4161305: a blackout that ended
   * behind the healing brought the bad network back.
   */
  @ParameterizedTest
  @ValueSource(longs = {1_023_651, 4_161_305})
  void seedsThatOnceFailedStayGood(long seed) {
    assertThat(Simulation.run(seed).events()).isPositive();
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
}
