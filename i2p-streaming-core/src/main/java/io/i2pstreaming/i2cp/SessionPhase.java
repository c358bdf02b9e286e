package io.i2pstreaming.i2cp;

import org.jspecify.annotations.Nullable;

/**
 * How far a session has come, how long its router may take for the next step, and why the session
 * is over when it takes longer. Kept by {@link I2cpClient}; knows no bytes.
 */
enum SessionPhase {
  /** The link is not open yet. */
  NEW(0),
  DATE_ASKED(30),
  SESSION_ASKED(30),
  /** The router has granted the session and builds its tunnels. */
  LEASES_AWAITED(300),
  UP(0),
  OVER(0);

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** 0 is any number. */
  private final long seconds;

  SessionPhase(long seconds) {
    this.seconds = seconds;
  }

  /** When the next step is overdue that has been waited for since {@code now}, or never. */
  long deadline(long now) {
    return seconds == 0 ? I2cpClient.NEVER : now + seconds * NANOS_PER_SECOND;
  }

  /** Why the session is over when the deadline has passed; null where there is none. */
  @Nullable Refusal tooLate() {
    return switch (this) {
      case DATE_ASKED -> Refusal.NO_DATE;
      case SESSION_ASKED -> Refusal.NO_STATUS;
      case LEASES_AWAITED -> Refusal.NO_LEASES;
      case NEW, UP, OVER -> null;
    };
  }

  /** Whether the router has given the session its id. */
  boolean granted() {
    return this == LEASES_AWAITED || this == UP;
  }

  /** Whether the router answers lookups: from the date on, without a session of its own too. */
  boolean canLookUp() {
    return this == SESSION_ASKED || granted();
  }
}
