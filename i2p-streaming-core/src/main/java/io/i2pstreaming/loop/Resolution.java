package io.i2pstreaming.loop;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.identity.Destination;

/** Who wants a destination to send to. One of the first two is called, once, on the loop thread. */
public interface Resolution {
  /** The session is up and this is the destination. */
  void resolved(long now, Destination destination);

  /**
   * There is none.
   *
   * @param reason UNREACHABLE, ROUTER_LOST, CONNECT_TIMEOUT, TOO_MANY_STREAMS or MANAGER_CLOSED
   * @param detail a sentence for the application's developer
   */
  void unresolved(CloseReason reason, String detail);

  /** Whether nobody waits any more, so that it may be forgotten. */
  default boolean abandoned() {
    return false;
  }
}
