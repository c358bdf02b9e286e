package io.i2pstreaming;

import io.i2pstreaming.connection.ConnectionConfig;
import io.i2pstreaming.facade.Backlog;
import io.i2pstreaming.facade.StandingRules;
import io.i2pstreaming.facade.StreamEnd;

/**
 * What the streams of one manager begin with: its options at that moment, or a dial's own. Called
 * by application threads, through the manager, and by the loop when a peer dials. Never changes a
 * stream that exists.
 */
final class NewStreams {
  private final StreamEnd.Factory factory;
  private final boolean legacyLeaseSet;
  private volatile StreamingOptions options;

  /** What the options say, shared by all streams that have no others. */
  private volatile ConnectionConfig usual;

  NewStreams(
      StreamEnd.Factory factory,
      boolean legacyLeaseSet,
      StreamingOptions options,
      ConnectionConfig usual) {
    this.factory = factory;
    this.legacyLeaseSet = legacyLeaseSet;
    this.options = options;
    this.usual = usual;
  }

  StreamingOptions options() {
    return options;
  }

  /** Streams that begin from now on have these. */
  void options(StreamingOptions changed) {
    options = changed;
    usual = changed.toConnectionConfig(legacyLeaseSet);
  }

  /** The numbers of a stream without options of its own. */
  ConnectionConfig usual() {
    return usual;
  }

  /** A stream that is going to be dialled. */
  StreamEnd outgoing(I2PAddress address, StreamingOptions wanted, int localPort) {
    ConnectionConfig config = wanted == options ? usual : wanted.toConnectionConfig(legacyLeaseSet);
    return factory.outgoing(config, localPort, address.port());
  }

  /** An empty backlog for the streams that peers are going to dial to one port. */
  Backlog backlog(StandingRules rules) {
    return new Backlog(factory, this::usual, rules);
  }
}
