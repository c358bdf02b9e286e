package io.i2pstreaming.endpoint;

/**
 * How many streams are open that began in one way: dialled by us, or through one listening port.
 * Passes on to the endpoint's counters what happens to them. Shared by these streams.
 */
final class StreamTally {
  private final EndpointCounters counters;
  private final boolean incoming;
  private int streams;

  StreamTally(EndpointCounters counters, boolean incoming) {
    this.counters = counters;
    this.incoming = incoming;
  }

  /** Streams that are not over, those in their handshake included. */
  int streams() {
    return streams;
  }

  /** A connection was made; {@link #closed} follows when it is over. */
  void begun() {
    streams++;
    counters.begun();
  }

  void connected() {
    counters.connected(incoming);
  }

  void closed(boolean wasConnected) {
    streams--;
    counters.closed(incoming, wasConnected);
  }
}
