package io.i2pstreaming.verification.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process that tests started: ends with them, at the latest with this JVM. What it prints goes to
 * {@code process.log} in its folder.
 */
final class ChildProcess implements AutoCloseable {
  private static final Set<ChildProcess> LIVE = ConcurrentHashMap.newKeySet();
  private static final Set<Path> FOLDERS = ConcurrentHashMap.newKeySet();
  private static final int LOG_TAIL_CHARACTERS = 4000;

  static {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  LIVE.forEach(ChildProcess::kill);
                  FOLDERS.forEach(ChildProcess::remove);
                }));
  }

  private final Path folder;
  private final Process process;

  private ChildProcess(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /** A folder that is gone when this JVM is; {@link #remove} does it earlier. */
  static Path newFolder(String purpose) throws IOException {
    Path folder = Files.createTempDirectory("i2p-interop-" + purpose + "-");
    FOLDERS.add(folder);
    return folder;
  }

  static void remove(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
      FOLDERS.remove(folder);
    } catch (IOException | UncheckedIOException e) {
      System.err.println("WARNING: left behind: " + folder + ": " + e);
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  /** Starts a program whose standard input and output stay with the caller. */
  static ChildProcess start(Path folder, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.toFile());
    builder.redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("process.log").toFile()));
    ChildProcess child = new ChildProcess(folder, builder.start());
    LIVE.add(child);
    return child;
  }

  /**
   * Starts a main class of these tests with a class path of just the tests and the libraries that
   * the given classes come from. Everything the reference code would write goes to the folder.
   */
  static ChildProcess startJava(
      Path folder, Class<?> main, List<Class<?>> libraries, List<String> arguments)
      throws IOException {
    List<String> classPath = new ArrayList<>();
    classPath.add(locationOf(main));
    for (Class<?> library : libraries) {
      classPath.add(locationOf(library));
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", "-cp"));
    command.add(String.join(java.io.File.pathSeparator, classPath));
    command.add("-DI2P_DISABLE_OUTPUT_OVERRIDE=true");
    command.add("-Duser.home=" + folder);
    for (String kind : List.of("base", "config", "router", "app", "log", "pid", "temp")) {
      command.add("-Di2p.dir." + kind + "=" + folder);
    }
    command.add(main.getName());
    command.addAll(arguments);
    return start(folder, command);
  }

  Process process() {
    return process;
  }

  boolean waitFor(long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
  }

  /** Ends it as a power failure would. */
  void kill() {
    process.destroyForcibly();
    waitFor(10_000);
    LIVE.remove(this);
  }

  /** Asks it to end, and ends it when it does not. */
  @Override
  public void close() {
    process.destroy();
    if (!waitFor(5_000)) {
      kill();
    }
    LIVE.remove(this);
  }

  /** The end of what it printed, for the message of a failure. */
  String logTail() {
    try {
      String log = Files.readString(folder.resolve("process.log"), StandardCharsets.ISO_8859_1);
      return log.substring(Math.max(0, log.length() - LOG_TAIL_CHARACTERS));
    } catch (IOException e) {
      return "no log: " + e;
    }
  }

  private static String locationOf(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return Path.of(java.net.URI.create(source.getLocation().toString())).toString();
  }
}
