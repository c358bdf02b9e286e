package io.i2pstreaming.connection;

/**
 * What earlier streams to the same peer found out about the path, for a new one to start with (RFC
 * 9040).
 *
 * @param smoothedRttNanos their mean round trip
 * @param varianceNanos its mean deviation
 * @param windowPackets this stream's share of their congestion window, its first window
 */
public record PathMemory(long smoothedRttNanos, long varianceNanos, int windowPackets) {}
