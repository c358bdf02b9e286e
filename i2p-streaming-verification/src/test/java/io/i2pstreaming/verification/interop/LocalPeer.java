package io.i2pstreaming.verification.interop;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A peer of this process: runs exchanges and services on threads of its own, with deadlines. */
abstract class LocalPeer implements Peer {
  private static final int MAX_REPORTS = 1024;

  private final ExecutorService threads;
  private final Map<Integer, BlockingQueue<Report>> reports = new ConcurrentHashMap<>();

  LocalPeer() {
    threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "peer");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Dials; blocks until the handshake is over. */
  abstract PeerStream open(String destination, int port, Duration timeout) throws Exception;

  final void execute(Runnable task) {
    threads.execute(task);
  }

  /** Runs the service on a thread of its own and keeps its report. */
  final void accepted(PeerStream stream, int port, Service service) {
    Tally tally = new Tally();
    execute(
        () -> {
          String failure = "";
          try (stream) {
            service.run(stream, tally);
          } catch (IOException | RuntimeException e) {
            failure = describe(e);
          }
          if (!queue(port).offer(tally.report(failure))) {
            throw new IllegalStateException("nobody fetches the reports of port " + port);
          }
        });
  }

  @Override
  public final Report served(int port, Duration deadline) {
    try {
      Report report = queue(port).poll(deadline.toMillis(), TimeUnit.MILLISECONDS);
      return report == null ? Report.failed("no stream ended on port " + port) : report;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Report.failed("interrupted");
    }
  }

  @Override
  public final Report dial(
      Exchange exchange, String destination, int port, long bytes, long seed, Duration deadline) {
    Tally tally = new Tally();
    AtomicReference<@Nullable PeerStream> opened = new AtomicReference<>();
    Future<Report> running =
        threads.submit(
            () -> {
              try (PeerStream stream = open(destination, port, deadline)) {
                opened.set(stream);
                tally.opened();
                exchange.run(stream, tally, bytes, seed, threads);
              } catch (Exception e) {
                return tally.report(describe(e));
              }
              return tally.report("");
            });
    try {
      return running.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      running.cancel(true);
      reset(opened.get());
      return tally.stuck("deadline of " + deadline.toSeconds() + " s passed in " + exchange);
    } catch (ExecutionException e) {
      return tally.stuck(describe(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return tally.stuck("interrupted");
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private BlockingQueue<Report> queue(int port) {
    return reports.computeIfAbsent(port, key -> new LinkedBlockingQueue<>(MAX_REPORTS));
  }

  private static void reset(@Nullable PeerStream stream) {
    try {
      if (stream != null) {
        stream.reset();
      }
    } catch (IOException e) {
      System.err.println("reset after a deadline: " + e);
    }
  }

  static String describe(@Nullable Throwable failure) {
    if (failure == null) {
      return "unknown";
    }
    String text = failure.getClass().getSimpleName() + ": " + failure.getMessage();
    Throwable cause = failure.getCause();
    return cause == null || cause == failure ? text : text + "; " + describe(cause);
  }
}
