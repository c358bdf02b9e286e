package io.i2pstreaming.endpoint;

import io.i2pstreaming.connection.ConnectionConfig;

/**
 * What an endpoint needs to know.
 *
 * @param incoming numbers for connections that peers open
 * @param answerPings whether a ping outside a connection gets its pong
 */
public record EndpointConfig(ConnectionConfig incoming, boolean answerPings) {}
