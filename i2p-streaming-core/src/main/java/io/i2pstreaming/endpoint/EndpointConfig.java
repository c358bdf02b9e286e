package io.i2pstreaming.endpoint;

import io.i2pstreaming.connection.ConnectionConfig;

/**
 * What an endpoint needs to know.
 *
 * @param incoming numbers for connections that peers open
 * @param answerPings whether a ping outside a connection gets its pong
 * @param rules whom it lets in at first
 * @param sharing what new streams learn from earlier ones
 */
public record EndpointConfig(
    ConnectionConfig incoming, boolean answerPings, AdmissionRules rules, PathSharing sharing) {
  /** New streams learn from earlier ones as usual. */
  public EndpointConfig(ConnectionConfig incoming, boolean answerPings, AdmissionRules rules) {
    this(incoming, answerPings, rules, PathSharing.DEFAULT);
  }

  /** Lets everybody in. */
  public EndpointConfig(ConnectionConfig incoming, boolean answerPings) {
    this(incoming, answerPings, AdmissionRules.NONE);
  }
}
