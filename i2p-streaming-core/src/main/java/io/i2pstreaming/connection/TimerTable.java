package io.i2pstreaming.connection;

import java.util.Arrays;

/**
 * The deadlines of one connection: one number for each {@link Timer}. Setting and clearing cost a
 * store. Serves {@link Connection}; never calls anyone.
 */
@SuppressWarnings(
    "EnumOrdinal") // The ordinal is the place in an array that lives as long as the enum.
final class TimerTable {
  private static final int COUNT = Timer.values().length;

  private final long[] deadlines = new long[COUNT];

  TimerTable() {
    clearAll();
  }

  void set(Timer timer, long deadline) {
    deadlines[timer.ordinal()] = deadline;
  }

  /** Sets the timer unless it already runs. */
  void start(Timer timer, long deadline) {
    if (!isSet(timer)) {
      set(timer, deadline);
    }
  }

  void clear(Timer timer) {
    deadlines[timer.ordinal()] = Connection.NEVER;
  }

  void clearAll() {
    Arrays.fill(deadlines, Connection.NEVER);
  }

  boolean isSet(Timer timer) {
    return deadlines[timer.ordinal()] != Connection.NEVER;
  }

  long deadline(Timer timer) {
    return deadlines[timer.ordinal()];
  }

  /** Whether the timer is due; it is cleared then. */
  boolean expire(Timer timer, long now) {
    if (deadlines[timer.ordinal()] > now) {
      return false;
    }
    clear(timer);
    return true;
  }

  /** The earliest deadline, or {@link Connection#NEVER}. */
  long earliest() {
    long earliest = Connection.NEVER;
    for (long deadline : deadlines) {
      earliest = Math.min(earliest, deadline);
    }
    return earliest;
  }
}
