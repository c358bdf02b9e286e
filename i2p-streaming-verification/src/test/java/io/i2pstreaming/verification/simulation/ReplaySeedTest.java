package io.i2pstreaming.verification.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.trace.PcapngTrace;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Plays one seed, {@code -Dseed=12345}, and prints everything that happens in it. With {@code
 * -Dtrace=/tmp/seed.pcapng} it also writes a file for Wireshark, in which 127.0.0.1 is host 0,
 * 127.0.0.2 is host 1 and so on: a stream is there twice, as both of its ends see it.
 */
@DisplayName("replay of one seed of the simulation")
@EnabledIfSystemProperty(named = "seed", matches = "-?\\d+")
class ReplaySeedTest {
  private static final long MAX_BYTES = 1L << 30;

  @Test
  void playsTheSeedAndPrintsItsTrace() throws IOException {
    long seed = Long.parseLong(System.getProperty("seed"));
    String name = System.getProperty("trace");
    System.out.println(Scenario.of(seed));
    if (name == null) {
      play(seed, new Trace(System.out, null));
      return;
    }
    Path path = Path.of(name).toAbsolutePath();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
      PcapngTrace file = new PcapngTrace(out, "seed " + seed, 0, MAX_BYTES);
      try {
        play(seed, new Trace(System.out, file));
      } finally {
        file.end(0);
        System.out.println(file.packets() + " packets are in " + path);
      }
    }
  }

  private static void play(long seed, Trace trace) {
    Simulation.Outcome outcome = Simulation.traced(seed, trace);
    System.out.println(outcome.marks());
    assertThat(outcome.events()).isPositive();
  }
}
