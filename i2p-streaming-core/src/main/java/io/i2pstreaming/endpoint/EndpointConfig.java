package io.i2pstreaming.endpoint;

import io.i2pstreaming.connection.ConnectionConfig;

/**
 * What an endpoint needs to know.
 *
 * @param incoming numbers for connections that peers open
 * @param answerPings whether a ping outside a connection gets its pong
 * @param rules whom it lets in at first
 */
public record EndpointConfig(ConnectionConfig incoming, boolean answerPings, AdmissionRules rules) {
  /** Lets everybody in. */
  public EndpointConfig(ConnectionConfig incoming, boolean answerPings) {
    this(incoming, answerPings, AdmissionRules.NONE);
  }
}
