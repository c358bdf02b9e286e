package io.i2pstreaming.connection;

import java.util.Arrays;

/**
 * The deadlines of one connection: one number for each {@link Timer}, while there is any besides
 * that of inactivity, which alone runs on an idle stream. Serves {@link Connection}; never calls
 * anyone.
 */
@SuppressWarnings(
    "EnumOrdinal") // The ordinal is the place in an array that lives as long as the enum.
final class TimerTable {
  private static final int COUNT = Timer.values().length;

  /** When no timer but that of inactivity runs. Nobody writes to it. */
  private static final long[] NONE = new long[COUNT];

  static {
    Arrays.fill(NONE, Connection.NEVER);
  }

  private long[] deadlines = NONE;
  private long inactivity = Connection.NEVER;

  void set(Timer timer, long deadline) {
    if (timer == Timer.INACTIVITY) {
      inactivity = deadline;
    } else if (deadline == Connection.NEVER) {
      clear(timer);
    } else {
      if (deadlines == NONE) {
        deadlines = NONE.clone();
      }
      deadlines[timer.ordinal()] = deadline;
    }
  }

  /** Sets the timer unless it already runs. */
  void start(Timer timer, long deadline) {
    if (!isSet(timer)) {
      set(timer, deadline);
    }
  }

  void clear(Timer timer) {
    if (timer == Timer.INACTIVITY) {
      inactivity = Connection.NEVER;
    } else if (deadlines[timer.ordinal()] != Connection.NEVER) {
      deadlines[timer.ordinal()] = Connection.NEVER;
      if (Arrays.equals(deadlines, NONE)) {
        deadlines = NONE;
      }
    }
  }

  void clearAll() {
    deadlines = NONE;
    inactivity = Connection.NEVER;
  }

  boolean isSet(Timer timer) {
    return deadline(timer) != Connection.NEVER;
  }

  long deadline(Timer timer) {
    return timer == Timer.INACTIVITY ? inactivity : deadlines[timer.ordinal()];
  }

  /** Whether the timer is due; it is cleared then. */
  boolean expire(Timer timer, long now) {
    if (deadline(timer) > now) {
      return false;
    }
    clear(timer);
    return true;
  }

  /** The earliest deadline, or {@link Connection#NEVER}. */
  long earliest() {
    long earliest = inactivity;
    for (long deadline : deadlines) {
      earliest = Math.min(earliest, deadline);
    }
    return earliest;
  }
}
