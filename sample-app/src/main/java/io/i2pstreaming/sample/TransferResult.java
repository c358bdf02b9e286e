package io.i2pstreaming.sample;

import org.jspecify.annotations.Nullable;

/**
 * How a transfer went.
 *
 * @param bytes payload bytes that arrived, in each direction used
 * @param millis from the open stream to the last byte received or acknowledged
 * @param kibPerSecond payload over that time
 * @param intact whether every byte was the right one; of an upload, whether all were acknowledged
 *     and the stream ended cleanly, and the discard service saw the same if it is ours
 * @param rttMillis smoothed round-trip time at the end; null when there was no sample
 * @param retransmissions packets that our side sent again
 * @param connectMillis how long dialling took
 */
record TransferResult(
    long bytes,
    long millis,
    double kibPerSecond,
    boolean intact,
    @Nullable Double rttMillis,
    long retransmissions,
    long connectMillis) {}
