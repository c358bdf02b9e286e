package io.i2pstreaming.connection;

import io.i2pstreaming.wire.PacketView;

/**
 * One I2P stream connection: told the time and what happened, asked what to send and when to wake
 * it. Deterministic; knows no clock, no thread, no key, no socket.
 */
public final class Connection {
  /** What {@link #nextDeadline()} says when nothing is due. */
  public static final long NEVER = Long.MAX_VALUE;

  /** The side that dials. Sends nothing before {@link #open}. */
  public static Connection initiator(
      ConnectionConfig config, int receiveStreamId, PacketAuth auth, StreamPorts ports) {
    throw new UnsupportedOperationException("seam");
  }

  /**
   * The side that answers. The SYN, already verified and admitted, follows by {@link #onPacket}.
   */
  public static Connection responder(
      ConnectionConfig config, int receiveStreamId, PacketAuth auth, StreamPorts ports) {
    throw new UnsupportedOperationException("seam");
  }

  /** Starts the handshake of an initiator. */
  public void open(long now) {
    throw new UnsupportedOperationException("seam");
  }

  /**
   * A packet for this connection arrived. Signatures are verified in here, through the auth port.
   */
  public void onPacket(long now, PacketView packet) {
    throw new UnsupportedOperationException("seam");
  }

  /** Time has come to {@link #nextDeadline()}; harmless when too early. */
  public void onTimer(long now) {
    throw new UnsupportedOperationException("seam");
  }

  /** The source has new bytes, a flush, or its end. */
  public void onWritten(long now) {
    throw new UnsupportedOperationException("seam");
  }

  /** The application read from the sink, or abandoned it. */
  public void onRead(long now) {
    throw new UnsupportedOperationException("seam");
  }

  /** The router's word on our SYN or on a sampled packet. */
  public void onDelivery(long now, DeliveryOutcome outcome) {
    throw new UnsupportedOperationException("seam");
  }

  /**
   * The application wants the connection gone now: RESET to the peer, {@code reason} to the
   * listener.
   */
  public void abort(long now, CloseReason reason) {
    throw new UnsupportedOperationException("seam");
  }

  /** Writes up to {@code maxPackets} packets that are due and returns how many. */
  public int emit(long now, PacketOutput output, int maxPackets) {
    throw new UnsupportedOperationException("seam");
  }

  /** When {@link #onTimer} is wanted next, or {@link #NEVER}. */
  public long nextDeadline() {
    throw new UnsupportedOperationException("seam");
  }

  /** Whether it is over and nothing more will be emitted: the owner may forget it. */
  public boolean isFinished() {
    throw new UnsupportedOperationException("seam");
  }

  /** Our id, by which incoming packets find this connection. */
  public int receiveStreamId() {
    throw new UnsupportedOperationException("seam");
  }

  /** The peer's id, or 0 while unknown. */
  public int sendStreamId() {
    throw new UnsupportedOperationException("seam");
  }

  /** Where it stands. */
  public ConnectionState state() {
    throw new UnsupportedOperationException("seam");
  }

  /** A snapshot of its figures. */
  public ConnectionStats stats() {
    throw new UnsupportedOperationException("seam");
  }
}
