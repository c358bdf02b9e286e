package io.i2pstreaming.endpoint;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.ConnectionConfig;
import io.i2pstreaming.connection.DeliveryOutcome;
import io.i2pstreaming.connection.StreamPorts;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import java.util.Collection;
import java.util.random.RandomGenerator;

/**
 * All connections of one destination, as a machine: told of packets, time and commands, asked for
 * packets and its next deadline. Finds the connection of a packet, admits and verifies SYNs, parks
 * packets that come before their SYN, answers pings, remembers closed ids. One thread at a time.
 */
public final class StreamingEndpoint {
  /** An endpoint without listeners and connections. */
  public StreamingEndpoint(EndpointConfig config, DestinationKeys keys, RandomGenerator random) {
    throw new UnsupportedOperationException("seam");
  }

  /** Dials; the SYN leaves with the next {@link #emit}. */
  public Connection connect(
      long now,
      Destination peer,
      int localPort,
      int remotePort,
      ConnectionConfig config,
      StreamPorts ports) {
    throw new UnsupportedOperationException("seam");
  }

  /**
   * Accepts SYNs to {@code port}; port 0 takes what no other listener takes. False if already
   * taken.
   */
  public boolean listen(int port, StreamAcceptor acceptor) {
    throw new UnsupportedOperationException("seam");
  }

  /** Accepts no more SYNs to {@code port}; open connections stay. */
  public void unlisten(int port) {
    throw new UnsupportedOperationException("seam");
  }

  /** Sends an echo request with at most 32 bytes. */
  public void ping(
      long now,
      Destination peer,
      int localPort,
      int remotePort,
      byte[] payload,
      long timeoutNanos,
      PingListener listener) {
    throw new UnsupportedOperationException("seam");
  }

  /** A streaming packet (I2CP protocol 6) arrived for this destination. */
  public void onDatagram(long now, int fromPort, int toPort, byte[] bytes, int offset, int length) {
    throw new UnsupportedOperationException("seam");
  }

  /** The router's word on the packet that was sent with {@code nonce}. */
  public void onDelivery(long now, long nonce, DeliveryOutcome outcome) {
    throw new UnsupportedOperationException("seam");
  }

  /** What the wall clock says at {@code now}, by the router's reckoning; for offline-key expiry. */
  public void onClock(long now, long epochMillis) {
    throw new UnsupportedOperationException("seam");
  }

  /** The source of {@code connection} has new bytes, a flush or its end. */
  public void onWritten(long now, Connection connection) {
    throw new UnsupportedOperationException("seam");
  }

  /** The application read from the sink of {@code connection}, or abandoned it. */
  public void onRead(long now, Connection connection) {
    throw new UnsupportedOperationException("seam");
  }

  /** Ends one connection at once. */
  public void abort(long now, Connection connection, CloseReason reason) {
    throw new UnsupportedOperationException("seam");
  }

  /** Ends every connection and ping, without packets: the router is gone or the manager closes. */
  public void abandonAll(long now, CloseReason reason) {
    throw new UnsupportedOperationException("seam");
  }

  /** Time has come to {@link #nextDeadline()}; harmless when too early. */
  public void onTimer(long now) {
    throw new UnsupportedOperationException("seam");
  }

  /**
   * Sends up to {@code maxPackets} packets that are due, fairly among connections; returns how
   * many.
   */
  public int emit(long now, DatagramOutput output, int maxPackets) {
    throw new UnsupportedOperationException("seam");
  }

  /** Whether {@link #emit} has more to send right now. */
  public boolean hasOutput() {
    throw new UnsupportedOperationException("seam");
  }

  /** When {@link #onTimer} is wanted next, or {@link Connection#NEVER}. */
  public long nextDeadline() {
    throw new UnsupportedOperationException("seam");
  }

  /** The connections that are not over. */
  public Collection<Connection> connections() {
    throw new UnsupportedOperationException("seam");
  }

  /** A snapshot of its counters and table sizes. */
  public EndpointStats stats() {
    throw new UnsupportedOperationException("seam");
  }

  /** What it did since it was made, ended connections included. */
  public EndpointTotals totals() {
    throw new UnsupportedOperationException("seam");
  }
}
