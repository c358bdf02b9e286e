package io.i2pstreaming.verification.interop;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/** What a dialling side does with its stream. The same code drives both implementations. */
enum Exchange {
  /** Opens and closes; for {@link Service#ECHO}. */
  CONNECT {
    @Override
    void run(PeerStream stream, Tally tally, long bytes, long seed, Executor executor)
        throws IOException {
      stream.endOutput();
      tally.done();
    }
  },

  /** Sends a pattern and reads it back at the same time; for {@link Service#ECHO}. */
  ECHO {
    @Override
    void run(PeerStream stream, Tally tally, long bytes, long seed, Executor executor)
        throws IOException, InterruptedException {
      FutureTask<Void> writer =
          new FutureTask<>(
              () -> {
                tally.writePattern(stream, seed, bytes);
                return null;
              });
      executor.execute(writer);
      tally.readPattern(stream, seed, bytes);
      await(writer);
      stream.endOutput();
      tally.awaitEnd(stream);
    }
  },

  /** Sends a pattern; for {@link Service#SINK}. */
  UP {
    @Override
    void run(PeerStream stream, Tally tally, long bytes, long seed, Executor executor)
        throws IOException {
      tally.writePattern(stream, seed, bytes);
      stream.endOutput();
      stream.awaitAcknowledged();
      tally.done();
      tally.awaitEnd(stream);
    }
  },

  /**
   * Says how much will come, sends it and waits for its digest, so that nothing hangs on the end of
   * a stream being seen; for {@link Service#SIZED_SINK}.
   */
  UP_SIZED {
    @Override
    void run(PeerStream stream, Tally tally, long bytes, long seed, Executor executor)
        throws IOException {
      ByteBuffer order = ByteBuffer.allocate(16).putLong(bytes).putLong(seed);
      tally.write(stream, order.array(), 16);
      tally.writePattern(stream, seed, bytes);
      byte[] digest = new byte[32];
      tally.readFully(stream, digest);
      if (!Arrays.equals(digest, tally.sentSha256SoFar())) {
        throw new IOException("the peer's digest of our bytes is another one");
      }
      stream.endOutput();
      tally.awaitEnd(stream);
    }
  },

  /** As {@link #UP}, in small packets: a hundred bytes a write, each flushed. */
  UP_SMALL {
    @Override
    void run(PeerStream stream, Tally tally, long bytes, long seed, Executor executor)
        throws IOException {
      PatternBytes pattern = new PatternBytes(seed);
      byte[] chunk = new byte[100];
      for (long left = bytes; left > 0; left -= chunk.length) {
        int length = (int) Math.min(chunk.length, left);
        pattern.fill(chunk, 0, length);
        tally.write(stream, chunk, length);
        stream.output().flush();
      }
      stream.endOutput();
      stream.awaitAcknowledged();
      tally.done();
      tally.awaitEnd(stream);
    }
  },

  /**
   * A kibibyte a second, each read back before the next one leaves, for as many seconds as {@code
   * bytes} has kibibytes; for {@link Service#ECHO}.
   */
  TRICKLE {
    @Override
    void run(PeerStream stream, Tally tally, long bytes, long seed, Executor executor)
        throws IOException {
      for (long left = bytes; left > 0; left -= 1024) {
        tally.writePattern(stream, seed + left, 1024);
        tally.readPattern(stream, seed + left, 1024);
        Tally.pause(Duration.ofSeconds(1));
      }
      stream.endOutput();
      tally.awaitEnd(stream);
    }
  },

  /** Asks for a pattern and reads it; for {@link Service#SOURCE}. */
  DOWN {
    @Override
    void run(PeerStream stream, Tally tally, long bytes, long seed, Executor executor)
        throws IOException {
      ByteBuffer order = ByteBuffer.allocate(16).putLong(bytes).putLong(seed);
      tally.write(stream, order.array(), 16);
      stream.output().flush();
      tally.readPattern(stream, seed, bytes);
      // The source has ended already: the reference lets nobody read once both sides have.
      tally.awaitEnd(stream);
      stream.endOutput();
    }
  },

  /**
   * Sends a pattern and ends its output, and only then reads the digest of what it sent and a
   * second pattern; for {@link Service#HALF_CLOSE}.
   */
  HALF_CLOSE {
    @Override
    void run(PeerStream stream, Tally tally, long bytes, long seed, Executor executor)
        throws IOException {
      ByteBuffer order = ByteBuffer.allocate(16).putLong(bytes).putLong(seed);
      tally.write(stream, order.array(), 16);
      tally.writePattern(stream, seed, bytes);
      stream.endOutput();
      byte[] digest = new byte[32];
      tally.readFully(stream, digest);
      if (!Arrays.equals(digest, tally.sentSha256SoFar())) {
        throw new IOException("the peer's digest of our bytes is another one");
      }
      tally.readPattern(stream, seed + 1, bytes);
      tally.awaitEnd(stream);
    }
  },

  /** Echoes a pattern and resets the stream; for {@link Service#ECHO}. */
  RESET {
    @Override
    void run(PeerStream stream, Tally tally, long bytes, long seed, Executor executor)
        throws IOException {
      tally.writePattern(stream, seed, bytes);
      tally.readPattern(stream, seed, bytes);
      stream.reset();
    }
  },

  /** Sends a pattern and reads until the peer ends or breaks the stream, or nothing more comes. */
  UNTIL_END {
    @Override
    void run(PeerStream stream, Tally tally, long bytes, long seed, Executor executor)
        throws IOException {
      tally.writePattern(stream, seed, bytes);
      stream.readTimeout(Tally.PATIENCE);
      try {
        tally.readToEnd(stream);
      } catch (SocketTimeoutException missing) {
        // The report says that no end was seen.
      }
    }
  };

  abstract void run(PeerStream stream, Tally tally, long bytes, long seed, Executor executor)
      throws IOException, InterruptedException;

  private static void await(FutureTask<Void> task) throws IOException, InterruptedException {
    try {
      task.get();
    } catch (ExecutionException e) {
      throw new IOException("writing failed: " + e.getCause(), e.getCause());
    }
  }
}
