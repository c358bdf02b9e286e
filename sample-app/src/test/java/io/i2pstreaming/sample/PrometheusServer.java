package io.i2pstreaming.sample;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Prometheus (Debian: {@code apt-get install --no-install-recommends prometheus}) that scrapes
 * one application over loopback, in a process of its own with its data in a folder of the test. Not
 * there, the test is skipped with a message, and fails in CI.
 */
final class PrometheusServer implements AutoCloseable {
  private static final List<Path> FOLDERS =
      List.of(Path.of("/usr/bin"), Path.of("/usr/local/bin"), Path.of("/opt/homebrew/bin"));

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final int port;
  private final Path log;

  /** Scrapes {@code /actuator/prometheus} of this port every two seconds, and takes so long. */
  PrometheusServer(int applicationPort, Path folder) throws IOException {
    Path executable = find("prometheus");
    port = freePort();
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        global:
          scrape_interval: 2s
          scrape_timeout: 2s
        scrape_configs:
          - job_name: sample
            metrics_path: /actuator/prometheus
            static_configs:
              - targets: ['127.0.0.1:%d']
        """
            .formatted(applicationPort));
    log = folder.resolve("prometheus.log");
    process =
        new ProcessBuilder(
                executable.toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--log.level=warn")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
  }

  /** None of those that systems give to who asks for any port: Linux begins at 32768. */
  private static int freePort() throws IOException {
    int first = (int) (ProcessHandle.current().pid() * 97 % 10_000);
    for (int i = 0; i < 10_000; i++) {
      int candidate = 20_000 + (first + i) % 10_000;
      try (ServerSocket free = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (BindException taken) {
        // The next one, then.
      }
    }
    throw new IOException("no free port");
  }

  /** The path of a tool of the package; skips the test, or fails in CI, if it is not there. */
  static Path find(String tool) {
    for (Path folder : FOLDERS) {
      if (Files.isExecutable(folder.resolve(tool))) {
        return folder.resolve(tool);
      }
    }
    String message = tool + " is not installed: the metrics were scraped by nobody else";
    if (System.getenv("CI") != null) {
      fail(message);
    }
    Assumptions.abort(message);
    throw new IllegalStateException(message);
  }

  /** What promtool says of an exposition; empty if it has nothing to say. */
  static String promtool(String exposition, Path folder) throws Exception {
    Path input = Files.writeString(folder.resolve("metrics.txt"), exposition);
    Process check =
        new ProcessBuilder(find("promtool").toString(), "check", "metrics")
            .redirectErrorStream(true)
            .redirectInput(input.toFile())
            .start();
    try (InputStream output = check.getInputStream()) {
      String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      check.waitFor(1, TimeUnit.MINUTES);
      return said;
    } finally {
      check.destroyForcibly();
    }
  }

  private JsonNode query(String expression) throws Exception {
    HttpResponse<String> answer =
        get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    if (answer.statusCode() == 503) {
      throw new IOException("it is not ready: " + answer.body());
    }
    JsonNode json = JsonMapper.shared().readTree(answer.body());
    if (!json.get("status").asString().equals("success")) {
      fail(expression + ": " + answer.body());
    }
    return json.get("data").get("result");
  }

  /** Waits until an expression has a result; a scrape that came too late leaves none. */
  void awaitResult(String expression) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (true) {
      String problem;
      try {
        JsonNode result = query(expression);
        if (!result.isEmpty()) {
          return;
        }
        problem = "no result for " + expression;
      } catch (IOException e) {
        // It does not listen yet, or has not read its data.
        problem = e.toString();
      }
      if (!process.isAlive() || System.nanoTime() - end > 0) {
        fail(problem + "\n" + Files.readString(log));
      }
      LockSupport.parkNanos(50_000_000);
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofMinutes(1))
            .build(),
        BodyHandlers.ofString());
  }

  @Override
  public void close() {
    process.destroyForcibly();
    // Its folder is removed next.
    process.onExit().orTimeout(1, TimeUnit.MINUTES).join();
  }
}
