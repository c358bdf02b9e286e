package io.i2pstreaming.loop;

import io.i2pstreaming.endpoint.EndpointStats;
import io.i2pstreaming.endpoint.EndpointTotals;

/**
 * A loop's figures at one moment.
 *
 * @param endpoint table sizes and refusals
 * @param totals what was done since the start
 * @param payloadsDropped messages of the router dropped because the loop did not keep up
 * @param datagramsUnclaimed payloads of other protocols than streaming that nobody wanted
 */
public record LoopStats(
    EndpointStats endpoint, EndpointTotals totals, long payloadsDropped, long datagramsUnclaimed) {}
