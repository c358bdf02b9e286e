package io.i2pstreaming;

import io.i2pstreaming.connection.ConnectionStats;
import java.time.Duration;

/**
 * One stream at one moment.
 *
 * @param id a number of this process, for endpoints and logs; says nothing about the peer
 * @param incoming whether the peer dialled
 * @param localPort our I2P port
 * @param remotePort the peer's I2P port
 * @param age since it was created
 * @param connection the protocol's figures
 */
public record StreamStats(
    long id,
    boolean incoming,
    int localPort,
    int remotePort,
    Duration age,
    ConnectionStats connection) {}
