package io.i2pstreaming.verification.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.trace.PcapngTrace;
import io.i2pstreaming.verification.trace.Tshark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A22 seeds of the simulation, traced")
class SimulationTraceTest {
  private static final int SEEDS = 6;

  @TempDir Path folder;

  private static byte[] traced(long seed) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PcapngTrace file = new PcapngTrace(bytes, "seed " + seed, 0, 64 << 20);
    Simulation.Outcome outcome = Simulation.traced(seed, new Trace(null, file));
    file.end(0);
    assertThat(outcome.traceHash()).isEqualTo(Simulation.run(seed).traceHash());
    assertThat(file.bytes()).isEqualTo(bytes.size());
    return bytes.toByteArray();
  }

  @Test
  void aTraceChangesNothingAndIsTheSameEachTime() throws IOException {
    assertThat(traced(1)).isEqualTo(traced(1));
  }

  /** Networks that lose, reorder, duplicate, break down; the views of several hosts in a file. */
  @Test
  void wiresharkFindsNoFaultInThem() throws IOException {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Path file = Files.write(folder.resolve(seed + ".pcapng"), traced(seed));
      assertThat(new Tshark(file).frames())
          .as("seed " + seed)
          .isNotEmpty()
          .noneMatch(frame -> frame.has("_ws.malformed"))
          .allMatch(frame -> frame.field("ip.checksum.status").equals("1"))
          .allMatch(
              frame ->
                  frame.field("tcp.checksum.status").equals("1")
                      || frame.field("icmp.checksum.status").equals("1"));
    }
  }
}
