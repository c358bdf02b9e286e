package io.i2pstreaming.i2cp;

import io.i2pstreaming.identity.Destination;
import org.jspecify.annotations.Nullable;

/** What an {@link I2cpClient} tells its owner, inside its inputs and on the same thread. */
public interface I2cpListener {
  /** The router took the session and builds its tunnels now, which takes seconds to minutes. */
  default void sessionAccepted(long now) {}

  /** The first lease set was granted: messages can be sent and received. */
  void sessionUp(long now);

  /** The router's answer to {@link I2cpClient#reconfigure}. */
  default void reconfigured(long now, boolean taken) {}

  /**
   * The session is over and the link should be closed. Told once.
   *
   * @param reason one sentence that says what to change, when something can be changed
   * @param retryable whether a new attempt can succeed without a change of configuration
   */
  void sessionDown(long now, String reason, boolean retryable);

  /** A payload arrived. The array belongs to the client again when this returns. */
  void payload(
      long now, int protocol, int fromPort, int toPort, byte[] bytes, int offset, int length);

  /** The status of the message sent with {@code nonce}. */
  void delivery(long now, long nonce, DeliveryStatus status);

  /** The answer to a lookup; null when the name is not found or the router did not answer. */
  void lookedUp(long now, long lookupId, @Nullable Destination destination);

  /** The router told the time; {@link I2cpClient#epochMillis} follows it from now on. */
  default void clockSet(long now, long epochMillis) {}
}
