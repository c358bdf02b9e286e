package io.i2pstreaming.verification.simulation;

import java.util.SplittableRandom;

/**
 * What the application at one end of a stream does. Times in nanoseconds since the stream began at
 * this end.
 *
 * @param bytes written in all
 * @param chunk bytes of one write
 * @param writeEvery pause between writes; 0 writes as much as fits
 * @param flushEach whether every write is flushed
 * @param sendRing room for unacknowledged bytes
 * @param readChunk bytes of one read
 * @param readEvery pause between reads
 * @param answersFirst whether it closes only after the other side closed
 * @param abortAt when it resets the stream
 * @param hurriesAt when it stops writing and reading and closes, finished or not
 */
record AppScript(
    int bytes,
    int chunk,
    long writeEvery,
    boolean flushEach,
    int sendRing,
    int readChunk,
    long readEvery,
    boolean answersFirst,
    long abortAt,
    long hurriesAt) {
  private static final long MILLIS = 1_000_000L;
  private static final long NEVER = Long.MAX_VALUE;

  static AppScript random(SplittableRandom random, int bytes, boolean initiator) {
    if (random.nextInt(25) == 0) {
      return sleepy(random);
    }
    boolean tiny = random.nextInt(8) == 0;
    int total = tiny ? Math.min(bytes, 3000) : bytes;
    int chunk = tiny ? 1 + random.nextInt(40) : 200 + random.nextInt(20_000);
    long writeEvery = random.nextInt(3) == 0 ? (1 + random.nextInt(60)) * MILLIS : 0;
    boolean slow = random.nextInt(6) == 0;
    int readChunk = slow ? 200 + random.nextInt(3000) : 65_536;
    long readEvery = slow ? (5 + random.nextInt(200)) * MILLIS : 0;
    int fate = random.nextInt(24);
    long when = (50 + random.nextInt(20_000)) * MILLIS;
    return new AppScript(
        total,
        chunk,
        tiny && writeEvery == 0 ? MILLIS : writeEvery,
        tiny || random.nextBoolean(),
        4096 << random.nextInt(6),
        readChunk,
        readEvery,
        !initiator && random.nextInt(3) == 0,
        fate == 0 ? when : NEVER,
        fate == 1 ? when : NEVER);
  }

  /** Two words with a long silence between. */
  private static AppScript sleepy(SplittableRandom random) {
    long silence = (20_000 + random.nextInt(130_000)) * MILLIS;
    return new AppScript(200, 100, silence, true, 4096, 65_536, 0, false, NEVER, NEVER);
  }

  /** A patient end that writes and reads everything as fast as it can. */
  static AppScript bulk(int bytes) {
    return new AppScript(bytes, 8192, 0, true, 65_536, 65_536, 0, false, NEVER, NEVER);
  }
}
