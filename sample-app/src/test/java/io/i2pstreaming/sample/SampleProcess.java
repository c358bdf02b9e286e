package io.i2pstreaming.sample;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The sample in a JVM of its own, on the JDK of the test, with a free loopback port. */
final class SampleProcess implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> shown = new ArrayList<>();

  private SampleProcess(Process process) {
    this.process = process;
  }

  /** Starts it with these options of the JVM, and these arguments. */
  static SampleProcess start(List<String> options, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.addAll(options);
    command.add("-cp");
    // Without the tests' own classes; their libraries do no harm.
    command.add(
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("test-classes"))
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(SampleApplication.class.getName());
    command.addAll(List.of("--server.port=0", "--server.address=127.0.0.1"));
    command.addAll(List.of(arguments));
    SampleProcess sample =
        new SampleProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    Thread reader = new Thread(sample::read, "sample-output");
    reader.setDaemon(true);
    reader.start();
    return sample;
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add("cannot be read any more: " + e);
    }
  }

  /** The first match of a line that is to come. */
  Matcher await(Pattern pattern, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    for (long left = patience.toNanos(); left > 0; left = end - System.nanoTime()) {
      String line = lines.poll(Math.min(left, 100_000_000L), TimeUnit.NANOSECONDS);
      if (line == null) {
        if (process.isAlive()) {
          continue;
        }
        break;
      }
      shown.add(line);
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        return matcher;
      }
    }
    throw new AssertionError("no line with " + pattern + " in\n" + String.join("\n", shown));
  }

  /** Its HTTP port, once it serves. */
  int port(Duration patience) throws InterruptedException {
    return Integer.parseInt(await(PORT, patience).group(1));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (process.waitFor(10, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
