package io.i2pstreaming.loop;

/**
 * What a loop tells about its session with the router. Called on the loop thread; must not block.
 */
public interface SessionListener {
  /** An attempt begins. */
  void connecting();

  /** The router took the session and builds its tunnels. */
  void accepted();

  /** The session is open: streams can be made. */
  void up(String routerVersion);

  /** It is lost or was refused; the next attempt begins after {@code retryNanos}. */
  void down(String reason, long retryNanos);

  /**
   * It was refused, or has ended, for a reason that no retry cures. The loop goes on, without a
   * session.
   */
  void failed(String reason);

  /** The loop has ended; the last call. */
  void closed();
}
