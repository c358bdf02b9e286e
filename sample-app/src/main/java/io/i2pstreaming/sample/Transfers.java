package io.i2pstreaming.sample;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.connection.ConnectionStats;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.stereotype.Component;

/**
 * Measures transfers with the services of a peer. The clock runs from the open stream to the last
 * byte received, or acknowledged; never to the return of a write.
 */
@Component
class Transfers {
  private static final int BLOCK = 16 * 1024;

  private final Peers peers;
  private final DiscardJournal journal;
  private final SecureRandom seeds = new SecureRandom();
  private final AsyncTaskExecutor threads = new SimpleAsyncTaskExecutor("transfer-");

  Transfers(Peers peers, DiscardJournal journal) {
    this.peers = peers;
    this.journal = journal;
  }

  /** Sends {@code bytes} to an echo service and compares what comes back meanwhile. */
  TransferResult echo(I2PAddress address, long bytes) throws IOException, InterruptedException {
    Pattern pattern = new SeededPattern(seeds.nextLong());
    Run run = new Run(address);
    try (I2PSocket socket = run.socket) {
      Future<?> sender =
          threads.submit(
              () -> {
                send(socket, pattern, bytes, null);
                return null;
              });
      boolean intact;
      try {
        intact = receive(run, socket, pattern, bytes);
      } catch (IOException e) {
        socket.reset();
        throw e;
      }
      if (run.received < bytes) {
        // The peer ended early; the sender may wait for it.
        socket.reset();
      } else {
        sendersFailure(sender);
      }
      return run.result(run.received, intact);
    }
  }

  /** Sends {@code bytes} to a discard service. */
  TransferResult up(I2PAddress address, long bytes) throws IOException, InterruptedException {
    Run run = new Run(address);
    try (I2PSocket socket = run.socket) {
      MessageDigest sha256 = sha256();
      send(socket, new SeededPattern(seeds.nextLong()), bytes, sha256);
      awaitAcknowledged(socket);
      run.ended();
      socket.shutdownOutput();
      boolean intact = endsCleanly(socket);
      if (intact && peers.isSelf(address)) {
        intact = journal.take(sha256.digest(), Peers.PATIENCE);
      }
      return run.result(bytes, intact);
    }
  }

  /** Takes {@code bytes} from a chargen service and compares them with RFC 864. */
  TransferResult down(I2PAddress address, long bytes) throws IOException {
    Run run = new Run(address);
    try (I2PSocket socket = run.socket) {
      boolean intact = receive(run, socket, new ChargenPattern(), bytes);
      return run.result(run.received, intact);
    }
  }

  private static void send(
      I2PSocket socket, Pattern pattern, long bytes, @Nullable MessageDigest digest)
      throws IOException {
    OutputStream out = socket.getOutputStream();
    byte[] block = new byte[BLOCK];
    long sent = 0;
    while (sent < bytes) {
      int n = (int) Math.min(block.length, bytes - sent);
      pattern.fill(sent, block, n);
      if (digest != null) {
        digest.update(block, 0, n);
      }
      out.write(block, 0, n);
      sent += n;
    }
    out.flush();
  }

  /** Reads up to {@code bytes}; false if one was wrong or the stream ended before. */
  private static boolean receive(Run run, I2PSocket socket, Pattern pattern, long bytes)
      throws IOException {
    InputStream in = socket.getInputStream();
    byte[] block = new byte[BLOCK];
    boolean intact = true;
    while (run.received < bytes) {
      int n = in.read(block, 0, (int) Math.min(block.length, bytes - run.received));
      if (n < 0) {
        intact = false;
        break;
      }
      intact &= pattern.matches(run.received, block, n);
      run.received += n;
    }
    run.ended();
    return intact;
  }

  /** Waits as long as more and more is acknowledged. */
  private static void awaitAcknowledged(I2PSocket socket) throws IOException {
    long before = -1;
    while (!socket.awaitAcknowledged(Peers.PATIENCE)) {
      long acknowledged = socket.stats().connection().bytesAcknowledged();
      if (acknowledged == before) {
        throw new SocketTimeoutException(
            "the peer stopped acknowledging after " + acknowledged + " bytes");
      }
      before = acknowledged;
    }
  }

  /** A discard service closes when it has read our end of the stream. */
  private static boolean endsCleanly(I2PSocket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private static void sendersFailure(Future<?> sender) throws IOException, InterruptedException {
    try {
      sender.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** A dialled stream and the clock. */
  private final class Run {
    private final I2PSocket socket;
    private final long connectNanos;
    private final long begin;
    private long end;
    private long received;

    Run(I2PAddress address) throws IOException {
      long dialled = System.nanoTime();
      socket = peers.dial(address);
      begin = System.nanoTime();
      connectNanos = begin - dialled;
    }

    void ended() {
      end = System.nanoTime();
    }

    TransferResult result(long bytes, boolean intact) {
      ConnectionStats stats = socket.stats().connection();
      double seconds = Math.max(1, end - begin) / 1e9;
      return new TransferResult(
          bytes,
          Math.round(seconds * 1e3),
          Math.round(bytes / 1024.0 / seconds * 10) / 10.0,
          intact,
          stats.smoothedRttNanos() < 0 ? null : stats.smoothedRttNanos() / 1e6,
          stats.timeoutRetransmissions() + stats.fastRetransmissions(),
          Math.round(connectNanos / 1e6));
    }
  }
}
