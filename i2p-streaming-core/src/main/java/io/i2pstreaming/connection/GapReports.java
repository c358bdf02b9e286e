package io.i2pstreaming.connection;

/**
 * How often the peer was told of one gap in what it sent, the newest one. A Java sender repeats a
 * packet only when three packets of ours have named it, and else waits for its timer; when little
 * is on its way, too few packets arrive to answer. Then the acknowledgement is said again, at most
 * twice for a gap, and only after the time that a packet may be late. Serves {@link ReceiveHalf}.
 */
final class GapReports {
  private static final int ENOUGH = 3;
  private static final long LEAST_WAIT_NANOS = 5_000_000L;
  private static final long MOST_WAIT_NANOS = 50_000_000L;

  private int told;

  /**
   * A packet that names all gaps leaves.
   *
   * @return when it must be said again unless the gaps close, or {@link Connection#NEVER}
   */
  long told(long now, RttEstimator rtt) {
    told = Math.min(ENOUGH, told + 1);
    if (told == ENOUGH) {
      return Connection.NEVER;
    }
    long wait = rtt.hasSample() ? rtt.smoothedNanos() / 8 : 0;
    return now + Math.max(LEAST_WAIT_NANOS, Math.min(MOST_WAIT_NANOS, wait));
  }
}
