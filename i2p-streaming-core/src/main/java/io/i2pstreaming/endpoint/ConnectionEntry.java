package io.i2pstreaming.endpoint;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.ConnectionListener;
import io.i2pstreaming.connection.StreamPorts;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint keeps about one connection: who and which ports it talks to, and its place in
 * the endpoint's tables. Stands between the connection and its stream to see the handshake and the
 * end pass by.
 */
final class ConnectionEntry implements ConnectionListener {
  private static final ConnectionListener NOBODY =
      new ConnectionListener() {
        @Override
        public void connected() {
          // Not after its end.
        }

        @Override
        public void closed(CloseReason reason) {
          // Told already.
        }
      };

  final RemoteAuth auth;
  final int localPort;
  final int remotePort;

  /** An incoming connection's key in the table of SYNs. */
  final @Nullable PeerKey peerKey;

  /** Nobody once it is over: a connection in TIME-WAIT holds nothing of the application. */
  private ConnectionListener stream;

  private final StreamTally tally;
  private @Nullable Connection connection;
  private boolean connected;

  /** For {@link PeerPaths}, when it is over. */
  int givenPackets;

  boolean dirty;
  boolean removed;

  /** Owned by {@link ConnectionTable}. */
  boolean halfOpen;

  /** Owned by {@link ConnectionTable}, as are the next four. */
  @Nullable ConnectionEntry nextByOwnId;

  @Nullable ConnectionEntry nextByPeer;
  @Nullable ConnectionEntry nextByPeerId;
  @Nullable ConnectionEntry older;
  @Nullable ConnectionEntry newer;

  long nextSampleAt = Long.MIN_VALUE;

  /** Owned by {@link DeadlineHeap}. */
  int heapIndex = -1;

  /** Owned by {@link DeadlineHeap}. */
  long deadline = Connection.NEVER;

  ConnectionEntry(
      RemoteAuth auth,
      @Nullable PeerKey peerKey,
      int localPort,
      int remotePort,
      ConnectionListener stream,
      StreamTally tally) {
    this.auth = auth;
    this.peerKey = peerKey;
    this.localPort = localPort;
    this.remotePort = remotePort;
    this.stream = stream;
    this.tally = tally;
  }

  /** The application's ports with this entry in place of the listener. */
  StreamPorts tapped(StreamPorts ports) {
    return new StreamPorts(ports.source(), ports.sink(), this);
  }

  /** The connection exists, and was given so many packets of its peer's remembered window. */
  void begun(Connection connection, int givenPackets) {
    this.connection = connection;
    this.givenPackets = givenPackets;
    tally.begun();
  }

  Connection connection() {
    if (connection == null) {
      throw new IllegalStateException("used before its connection was made");
    }
    return connection;
  }

  int ownId() {
    return connection().receiveStreamId();
  }

  @Override
  public void connected() {
    connected = true;
    tally.connected();
    stream.connected();
  }

  @Override
  public void writable() {
    stream.writable();
  }

  @Override
  public void readable() {
    stream.readable();
  }

  @Override
  public void rttSample(long nanos, long rtoNanos, int windowPackets) {
    stream.rttSample(nanos, rtoNanos, windowPackets);
  }

  @Override
  public void closed(CloseReason reason) {
    tally.closed(connected);
    ConnectionListener told = stream;
    stream = NOBODY;
    told.closed(reason);
  }
}
