package io.i2pstreaming.verification.interop;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What an accepting side does with a stream. The same code serves both implementations. */
enum Service {
  /** Sends back what comes, until the end. */
  ECHO {
    @Override
    void run(PeerStream stream, Tally tally) throws IOException {
      byte[] chunk = new byte[16 * 1024];
      int count;
      while ((count = tally.read(stream, chunk, chunk.length)) >= 0) {
        tally.write(stream, chunk, count);
        stream.output().flush();
      }
      stream.endOutput();
    }
  },

  /** Reads to the end. */
  SINK {
    @Override
    void run(PeerStream stream, Tally tally) throws IOException {
      tally.readToEnd(stream);
      stream.endOutput();
    }
  },

  /** Reads a length and a seed, then that pattern, answers with the digest of it all, and waits. */
  SIZED_SINK {
    @Override
    void run(PeerStream stream, Tally tally) throws IOException {
      byte[] order = new byte[16];
      tally.readFully(stream, order);
      ByteBuffer numbers = ByteBuffer.wrap(order);
      long bytes = numbers.getLong();
      tally.readPattern(stream, numbers.getLong(), bytes);
      tally.write(stream, tally.receivedSha256SoFar(), 32);
      stream.output().flush();
      tally.awaitEnd(stream);
      stream.endOutput();
    }
  },

  /** Reads a little, then nothing for {@link Tally#PAUSE}, then to the end. */
  PAUSED_SINK {
    @Override
    void run(PeerStream stream, Tally tally) throws IOException {
      tally.readFully(stream, new byte[1000]);
      Tally.pause(Tally.PAUSE);
      tally.readToEnd(stream);
      stream.endOutput();
    }
  },

  /** Reads a length and a seed, sends that pattern, and waits for the end. */
  SOURCE {
    @Override
    void run(PeerStream stream, Tally tally) throws IOException {
      byte[] order = new byte[16];
      tally.readFully(stream, order);
      ByteBuffer numbers = ByteBuffer.wrap(order);
      long bytes = numbers.getLong();
      tally.writePattern(stream, numbers.getLong(), bytes);
      stream.endOutput();
      stream.awaitAcknowledged();
      tally.done();
      tally.awaitEnd(stream);
    }
  },

  /**
   * Reads to the end before it answers at all: with the digest of what came and a second pattern.
   * Where the end is not seen in time it answers too, and the report says so.
   */
  HALF_CLOSE {
    @Override
    void run(PeerStream stream, Tally tally) throws IOException {
      byte[] order = new byte[16];
      tally.readFully(stream, order);
      ByteBuffer numbers = ByteBuffer.wrap(order);
      long bytes = numbers.getLong();
      long seed = numbers.getLong();
      tally.readPattern(stream, seed, bytes);
      byte[] digest = tally.receivedSha256SoFar();
      tally.awaitEnd(stream);
      tally.write(stream, digest, 32);
      tally.writePattern(stream, seed + 1, bytes);
      stream.endOutput();
    }
  },

  /** Closes at once. */
  CLOSE {
    @Override
    void run(PeerStream stream, Tally tally) throws IOException {
      stream.endOutput();
      stream.close();
    }
  },

  /** Waits for the first bytes and resets the stream. */
  RESET {
    @Override
    void run(PeerStream stream, Tally tally) throws IOException {
      tally.readFully(stream, new byte[1]);
      stream.reset();
    }
  };

  abstract void run(PeerStream stream, Tally tally) throws IOException;
}
