package io.i2pstreaming;

import io.i2pstreaming.connection.ConnectionState;
import io.i2pstreaming.connection.ConnectionStats;
import io.i2pstreaming.facade.StreamEnd;
import java.time.Duration;

/**
 * Makes a stream's public figures from those of its connection. Asked by its socket and by the list
 * of open streams, on any thread; counts nothing itself.
 */
final class StreamFigures {
  /** Before there is a connection. */
  private static final ConnectionStats NONE =
      new ConnectionStats(ConnectionState.NEW, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  private StreamFigures() {}

  /** Of a socket that has no stream yet. */
  static StreamStats unconnected(int localPort) {
    return new StreamStats(0, false, localPort, 0, Duration.ZERO, NONE);
  }

  static StreamStats of(StreamEnd stream) {
    ConnectionStats figures = stream.stats();
    return new StreamStats(
        stream.id(),
        stream.incoming(),
        stream.localPort(),
        stream.remotePort(),
        Duration.ofNanos(stream.ageNanos()),
        figures == null ? NONE : figures);
  }
}
