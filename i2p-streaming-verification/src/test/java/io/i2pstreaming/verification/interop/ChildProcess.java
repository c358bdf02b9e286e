package io.i2pstreaming.verification.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A process that tests started: ends with them, at the latest with this JVM. What it prints goes to
 * {@code process.log} in its folder.
 */
final class ChildProcess implements AutoCloseable {
  private static final Set<ChildProcess> LIVE = ConcurrentHashMap.newKeySet();
  private static final Set<Path> FOLDERS = ConcurrentHashMap.newKeySet();
  private static final int LOG_TAIL_CHARACTERS = 4000;

  /** Below those that systems give to who asks for any port: Linux begins at 32768. */
  private static final int FIRST_PORT = 20_000;

  private static final int PORTS = 12_000;

  /** Begins anywhere, so that two runs beside each other hardly meet. */
  private static final AtomicInteger NEXT_PORT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 97 % PORTS));

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

  /**
   * A loopback port that nobody has, for a program that takes it seconds later: none of those that
   * the system gives away meanwhile to who asks for any port, and never the same one twice.
   */
  static int freePort() throws IOException {
    for (int tries = 0; tries < PORTS; tries++) {
      int port = FIRST_PORT + Math.floorMod(NEXT_PORT.getAndIncrement(), PORTS);
      try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return probe.getLocalPort();
      } catch (BindException taken) {
        // The next one, then.
      }
    }
    throw new IOException("no free port");
  }

  /** Starts a program that nobody talks with; what it prints cannot fill a pipe and stop it. */
  static ChildProcess start(Path folder, List<String> command) throws IOException {
    return start(folder, command, logOf(folder));
  }

  private static ProcessBuilder.Redirect logOf(Path folder) {
    return ProcessBuilder.Redirect.appendTo(folder.resolve("process.log").toFile());
  }

  private static ChildProcess start(
      Path folder, List<String> command, ProcessBuilder.Redirect output) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.toFile());
    builder.redirectError(logOf(folder));
    builder.redirectOutput(output);
    ChildProcess child = new ChildProcess(folder, builder.start());
    LIVE.add(child);
    return child;
  }

  /**
   * Starts a main class of these tests with a class path of just the tests and the libraries that
   * the given classes come from. Everything the reference code would write goes to the folder.
   *
   * @param talks whether its standard output is for the caller, who must read it
   */
  static ChildProcess startJava(
      Path folder, Class<?> main, boolean talks, List<Class<?>> libraries, List<String> arguments)
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
    return start(folder, command, talks ? ProcessBuilder.Redirect.PIPE : logOf(folder));
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
