package io.i2pstreaming.embedded;

/**
 * Counters of the embedded network.
 *
 * @param sent messages that entered it
 * @param delivered messages that came out, duplicates included
 * @param lost messages dropped by loss or burst loss
 * @param duplicated extra copies made
 * @param reordered messages held back
 * @param corrupted messages with a flipped bit
 * @param overflowed messages dropped because a queue was full
 * @param inFlight messages inside now
 */
public record NetworkStats(
    long sent,
    long delivered,
    long lost,
    long duplicated,
    long reordered,
    long corrupted,
    long overflowed,
    int inFlight) {}
