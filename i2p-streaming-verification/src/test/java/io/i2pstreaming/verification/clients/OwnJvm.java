package io.i2pstreaming.verification.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a main class of these tests in a JVM of its own, of the kind that runs the test; it passes
 * when it exits with 0. What it prints is printed here too.
 */
final class OwnJvm {
  private static final int NEEDED = 21;

  private OwnJvm() {}

  /** Skips the test, and says so, where the running Java is too old. */
  static void needsNewerJava(String what) {
    int running = Runtime.version().feature();
    if (running < NEEDED) {
      System.out.println(
          "SKIPPED on Java " + running + ": " + what + "; the second run, on JDK 25, has it");
    }
    assumeThat(running).isGreaterThanOrEqualTo(NEEDED);
  }

  static String run(Class<?> main, List<Path> moreClassPath, List<String> options)
      throws Exception {
    List<String> classPath = new ArrayList<>();
    moreClassPath.forEach(path -> classPath.add(path.toString()));
    classPath.add(System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC"));
    command.addAll(options);
    command.addAll(List.of("-cp", String.join(java.io.File.pathSeparator, classPath)));
    command.add(main.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Thread hook = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      process.getOutputStream().close();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      System.out.print(printed);
      assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(printed).isZero();
      return printed;
    } finally {
      process.destroyForcibly();
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
