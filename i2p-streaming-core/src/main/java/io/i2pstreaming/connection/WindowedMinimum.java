package io.i2pstreaming.connection;

/**
 * The smallest of the samples of the last minute or so: a path that became longer, as every tunnel
 * change may make it, is known for what it is after two periods. Serves {@link DelayControl}.
 */
final class WindowedMinimum {
  private static final long PERIOD_NANOS = 30_000_000_000L;

  private long periodEnd;
  private long current = Connection.NEVER;
  private long previous = Connection.NEVER;

  void add(long nowNanos, long nanos) {
    if (current == Connection.NEVER) {
      periodEnd = nowNanos + PERIOD_NANOS;
    } else if (nowNanos >= periodEnd) {
      previous = current;
      current = Connection.NEVER;
      periodEnd = nowNanos + PERIOD_NANOS;
    }
    current = Math.min(current, nanos);
  }

  /** The minimum, or {@link Connection#NEVER} before the first sample. */
  long nanos() {
    return Math.min(current, previous);
  }
}
