package io.i2pstreaming.verification.interop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A destination that serves and dials: ours in this process, or the reference library in its own.
 * Thread-safe. No call throws for what happens on a stream: the report says it.
 */
interface Peer extends AutoCloseable {
  /** The destination in I2P Base64. */
  String destination();

  /** Accepts streams to {@code port} from now on. */
  void serve(int port, Service service);

  /** The report of the next stream that ended on {@code port}; a failed one after the deadline. */
  Report served(int port, Duration deadline);

  /** Dials, does the exchange and closes; resets the stream when the deadline passes. */
  Report dial(
      Exchange exchange, String destination, int port, long bytes, long seed, Duration deadline);

  /** Milliseconds until the pong, or −1 when none came. */
  long ping(String destination, int port, Duration timeout);

  @Override
  void close();

  /** Dials {@code count} times, {@code atOnce} at a time, each with a seed of its own. */
  default List<Report> dialMany(
      int count,
      int atOnce,
      Exchange exchange,
      String destination,
      int port,
      long bytes,
      Duration deadlineEach)
      throws InterruptedException, ExecutionException {
    ExecutorService dialers = Executors.newFixedThreadPool(atOnce);
    try {
      List<Callable<Report>> dials = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        long seed = i;
        dials.add(() -> dial(exchange, destination, port, bytes, seed, deadlineEach));
      }
      List<Report> reports = new ArrayList<>();
      for (Future<Report> dial : dialers.invokeAll(dials)) {
        reports.add(dial.get());
      }
      return reports;
    } finally {
      dialers.shutdownNow();
    }
  }

  /** The reports of the next {@code count} streams that ended on {@code port}. */
  default List<Report> servedMany(int count, int port, Duration deadlineEach) {
    List<Report> reports = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      reports.add(served(port, deadlineEach));
    }
    return reports;
  }
}
