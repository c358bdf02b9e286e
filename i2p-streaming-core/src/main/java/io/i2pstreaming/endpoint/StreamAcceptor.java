package io.i2pstreaming.endpoint;

import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.StreamPorts;
import io.i2pstreaming.identity.Destination;
import org.jspecify.annotations.Nullable;

/** Who takes the incoming streams of one listening port. Called on the endpoint's thread. */
public interface StreamAcceptor {
  /**
   * A verified SYN arrived.
   *
   * @return the application's side of the new stream, or null to refuse it with RESET (backlog
   *     full)
   */
  @Nullable StreamPorts accept(Destination peer, int localPort, int remotePort);

  /** Whom this port lets in, beside the rules of the endpoint; asked at every SYN. */
  default AdmissionRules rules() {
    return AdmissionRules.NONE;
  }

  /** The connection made for the ports just returned. */
  void accepted(StreamPorts ports, Connection connection);
}
