package io.i2pstreaming;

import java.time.Instant;

/**
 * Where a manager's session with its router stands.
 *
 * @param phase the phase
 * @param since when it began
 * @param detail one sentence on why, without destinations; empty when there is nothing to say
 * @param routerVersion what the router announced, empty before that
 * @param reconnects sessions opened after the first
 */
public record SessionState(
    Phase phase, Instant since, String detail, String routerVersion, long reconnects) {

  /** Phases of a session. */
  public enum Phase {
    /** Built, not started. */
    NEW,
    /** Connecting to the router, or its tunnels are being built, for the first time. */
    STARTING,
    /** Open: streams can be made. */
    UP,
    /** Lost or refused; a new attempt is under way or waits its turn. */
    DOWN,
    /** Refused for a reason that a retry cannot cure. */
    FAILED,
    /** Closed. */
    CLOSED
  }
}
