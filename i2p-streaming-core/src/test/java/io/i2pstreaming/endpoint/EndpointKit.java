package io.i2pstreaming.endpoint;

import io.i2pstreaming.connection.CongestionAlgorithm;
import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.ConnectionConfig;
import io.i2pstreaming.connection.InactivityAction;
import io.i2pstreaming.connection.StreamPorts;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import java.util.SplittableRandom;

/** Endpoints for tests. */
final class EndpointKit {
  static final long MILLIS = 1_000_000L;
  static final long SECONDS = 1_000 * MILLIS;

  static final ConnectionConfig CONNECTIONS =
      new ConnectionConfig(
          6,
          128,
          1730,
          3_500 * MILLIS,
          100 * MILLIS,
          1,
          60 * SECONDS,
          0,
          8,
          90 * SECONDS,
          InactivityAction.SEND,
          512 * 1024,
          CongestionAlgorithm.DELAY);

  private EndpointKit() {}

  static StreamingEndpoint endpoint(DestinationKeys keys, long seed) {
    return new StreamingEndpoint(
        new EndpointConfig(CONNECTIONS, true), keys, new SplittableRandom(seed));
  }

  static StreamingEndpoint endpoint(DestinationKeys keys, AdmissionRules rules) {
    return new StreamingEndpoint(
        new EndpointConfig(CONNECTIONS, true, rules), keys, new SplittableRandom(1));
  }

  /** Dials with the numbers of all of them. */
  static Connection dial(
      StreamingEndpoint from,
      long now,
      Destination peer,
      int localPort,
      int remotePort,
      StreamPorts ports) {
    long timeout = CONNECTIONS.connectTimeoutNanos();
    return from.connect(now, peer, localPort, remotePort, CONNECTIONS, timeout, ports);
  }

  /** A packet comes in, after what was due before it. */
  static void receive(StreamingEndpoint endpoint, long now, byte[] packet) {
    if (endpoint.nextDeadline() <= now) {
      endpoint.onTimer(now);
    }
    endpoint.onDatagram(now, 1234, 80, packet, 0, packet.length);
  }
}
