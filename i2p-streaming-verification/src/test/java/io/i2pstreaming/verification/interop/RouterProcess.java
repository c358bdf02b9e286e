package io.i2pstreaming.verification.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A real router in a process of its own, offline by configuration, on one folder and one I2CP port
 * for its whole life, restarts included.
 */
abstract class RouterProcess implements AutoCloseable {
  private static final Duration READY_DEADLINE = Duration.ofMinutes(3);
  private static final int POLL_MILLIS = 100;

  final Path folder;
  final int port;
  private @Nullable ChildProcess process;

  RouterProcess(String name) throws IOException {
    folder = ChildProcess.newFolder(name);
    port = ChildProcess.freePort();
  }

  /** Starts the program; does not wait. */
  abstract ChildProcess launch() throws IOException;

  /** Removes what a killed one leaves behind that would keep the next one from starting. */
  void beforeRestart() throws IOException {}

  /** Starts it and waits until its I2CP port accepts; tries a second time if it does not. */
  final void start() throws IOException {
    if (startOnce()) {
      return;
    }
    System.err.println("WARNING: " + getClass().getSimpleName() + " starts a second time");
    kill();
    beforeRestart();
    if (!startOnce()) {
      String log = process == null ? "" : process.logTail();
      kill();
      throw new IOException("the router does not start:\n" + log);
    }
  }

  private boolean startOnce() throws IOException {
    ChildProcess started = launch();
    process = started;
    long startNanos = System.nanoTime();
    while (System.nanoTime() - startNanos < READY_DEADLINE.toNanos()) {
      if (accepts()) {
        return true;
      }
      if (started.waitFor(POLL_MILLIS)) {
        return false;
      }
    }
    return false;
  }

  private boolean accepts() {
    try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return probe.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends it as a power failure would. */
  final void kill() {
    if (process != null) {
      process.kill();
      process = null;
    }
  }

  /** Starts it again after {@link #kill}. */
  final void restart() throws IOException {
    beforeRestart();
    start();
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
      process = null;
    }
    ChildProcess.remove(folder);
  }
}
