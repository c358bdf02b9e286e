package io.i2pstreaming.loop;

import io.i2pstreaming.endpoint.EndpointConfig;
import io.i2pstreaming.i2cp.SessionConfig;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.link.RouterAddress;
import java.util.random.RandomGenerator;

/**
 * What a loop is made of.
 *
 * @param name the name of its threads
 * @param router where sessions are opened
 * @param keys the destination, the same in every session
 * @param session what to ask of the router
 * @param endpoint numbers for incoming streams
 * @param random for ids and nonces; unpredictable outside tests
 * @param time the clock
 */
public record LoopSettings(
    String name,
    RouterAddress router,
    DestinationKeys keys,
    SessionConfig session,
    EndpointConfig endpoint,
    RandomGenerator random,
    TimeSource time) {}
