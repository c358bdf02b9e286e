package io.i2pstreaming.loop;

import io.i2pstreaming.endpoint.EndpointConfig;
import io.i2pstreaming.i2cp.PayloadSession;
import io.i2pstreaming.i2cp.SessionConfig;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.link.RouterAddress;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a loop is made of.
 *
 * @param name the name of its threads
 * @param router where sessions are opened, or null with a borrowed one
 * @param borrowed a session that the application opened, or null with a router
 * @param keys the destination, the same in every session
 * @param session what to ask of the router
 * @param endpoint numbers for incoming streams
 * @param random for ids and nonces; unpredictable outside tests
 * @param time the clock
 */
public record LoopSettings(
    String name,
    @Nullable RouterAddress router,
    @Nullable PayloadSession borrowed,
    DestinationKeys keys,
    SessionConfig session,
    EndpointConfig endpoint,
    RandomGenerator random,
    TimeSource time) {
  /** One of router and borrowed session is null, and one is not. */
  public LoopSettings {
    if ((router == null) == (borrowed == null)) {
      throw new IllegalArgumentException("either a router or a borrowed session");
    }
  }
}
