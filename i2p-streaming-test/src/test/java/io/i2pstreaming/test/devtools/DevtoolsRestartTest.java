package io.i2pstreaming.test.devtools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("D8 a restart by devtools leaves nothing behind")
class DevtoolsRestartTest {
  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void noThreadNoPortNoSessionAndNoEngine() throws Exception {
    int port = freePort();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                RestartedApplication.class.getName(),
                "--spring.config.name=none",
                "--spring.devtools.livereload.enabled=false",
                "--spring.devtools.restart.poll-interval=1h",
                "--spring.devtools.restart.quiet-period=1s",
                "--i2p.router.mode=embedded",
                "--i2p.router.embedded.port=" + port)
            .redirectErrorStream(true)
            .start();
    String output;
    try (var in = process.getInputStream()) {
      output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      process.destroyForcibly();
    }
    List<String> rounds =
        output.lines().filter(line -> line.startsWith(RestartedApplication.ROUND)).toList();
    assertThat(rounds).as(output).hasSize(RestartedApplication.ROUNDS + 1);
    String first = rounds.get(0).replace("ROUND 1 ", "");
    assertThat(first).contains("port " + port).contains("i2p-loop").contains("tcp-loop");
    for (int round = 2; round <= RestartedApplication.ROUNDS; round++) {
      assertThat(rounds.get(round - 1)).isEqualTo("ROUND " + round + " " + first);
    }
    assertThat(rounds.get(RestartedApplication.ROUNDS))
        .as("engines that anything still refers to: the last round's")
        .isEqualTo("ROUND engines " + RestartedApplication.PER_ROUND);
  }

  /** None of those that systems give to whoever asks for any: it is to be free three times. */
  private static int freePort() throws IOException {
    int first = 20_000 + ThreadLocalRandom.current().nextInt(10_000);
    for (int port = first; port < first + 1_000; port++) {
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (BindException e) {
        // The next one, then.
      }
    }
    throw new BindException("no free port from " + first + " on");
  }
}
