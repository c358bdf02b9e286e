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
 * @param awaitsTunnels whether a router has taken the session and builds its tunnels; without this,
 *     a session that is not up waits for a router
 */
public record SessionState(
    Phase phase,
    Instant since,
    String detail,
    String routerVersion,
    long reconnects,
    boolean awaitsTunnels) {

  /** Phases of a session. */
  public enum Phase {
    /** Built, not started. */
    NEW,
    /**
     * There was no session yet: the router is being connected to, as often as it takes, or builds
     * the tunnels.
     */
    STARTING,
    /** Open: streams can be made. */
    UP,
    /** Lost; a new attempt is under way or waits its turn. */
    DOWN,
    /** Refused for a reason that a retry cannot cure. */
    FAILED,
    /** Closed. */
    CLOSED
  }
}
