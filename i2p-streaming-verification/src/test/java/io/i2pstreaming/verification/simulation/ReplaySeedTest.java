package io.i2pstreaming.verification.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Plays one seed, {@code -Dseed=12345}, and prints everything that happens in it. */
@DisplayName("replay of one seed of the simulation")
@EnabledIfSystemProperty(named = "seed", matches = "-?\\d+")
class ReplaySeedTest {
  @Test
  void playsTheSeedAndPrintsItsTrace() {
    long seed = Long.parseLong(System.getProperty("seed"));
    System.out.println(Scenario.of(seed));
    Simulation.Outcome outcome = Simulation.run(seed, System.out);
    System.out.println(outcome.marks());
    assertThat(outcome.events()).isPositive();
  }
}
