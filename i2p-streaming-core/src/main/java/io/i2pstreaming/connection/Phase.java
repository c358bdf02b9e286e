package io.i2pstreaming.connection;

import io.i2pstreaming.wire.PacketFlags;
import io.i2pstreaming.wire.PacketView;

/**
 * One of the two lives of a {@link Connection}: {@link Exchange} until the stream is over, {@link
 * TimeWait} from then on. Knows both ids, and so which packets belong here. What only a living
 * stream can be told is ignored unless a phase says otherwise.
 */
abstract class Phase {
  /** Whether we dialled. */
  final boolean initiator;

  final int receiveStreamId;
  final PacketAuth auth;
  private int sendStreamId;
  private long packetsIgnored;

  Phase(boolean initiator, int receiveStreamId, PacketAuth auth) {
    this.initiator = initiator;
    this.receiveStreamId = receiveStreamId;
    this.auth = auth;
  }

  /** Goes on where another one ended. */
  Phase(Phase former) {
    this(former.initiator, former.receiveStreamId, former.auth);
    sendStreamId = former.sendStreamId;
    packetsIgnored = former.packetsIgnored;
  }

  /** The peer's id, or 0 while unknown. */
  final int sendStreamId() {
    return sendStreamId;
  }

  final void sendStreamId(int id) {
    sendStreamId = id;
  }

  final long packetsIgnored() {
    return packetsIgnored;
  }

  final boolean isOver() {
    return state() == ConnectionState.TIME_WAIT || state() == ConnectionState.CLOSED;
  }

  abstract ConnectionState state();

  abstract ConnectionStats stats();

  /** What the application wrote and the peer has not acknowledged. */
  long sendBufferBytes() {
    return 0;
  }

  /** What arrived and the application has not read. */
  long receiveBufferBytes() {
    return 0;
  }

  void onPacket(long now, PacketView packet) {
    if (!belongs(packet) || !accept(now, packet)) {
      packetsIgnored++;
    }
  }

  private boolean belongs(PacketView packet) {
    if (state() == ConnectionState.CLOSED || packet.has(PacketFlags.ECHO)) {
      return false;
    }
    if (packet.sendStreamId() != receiveStreamId && (initiator || packet.sendStreamId() != 0)) {
      return false;
    }
    return sendStreamId == 0
        || packet.receiveStreamId() == sendStreamId
        || packet.has(PacketFlags.RESET);
  }

  /** A packet with our ids; returns whether it was of use. */
  abstract boolean accept(long now, PacketView packet);

  abstract void onTimer(long now);

  abstract void abort(long now, CloseReason reason);

  abstract int emit(long now, PacketOutput output, int maxPackets);

  abstract boolean hasOutput(long now);

  abstract long nextDeadline();

  void open(long now) {
    // Not twice.
  }

  void open(long now, long connectTimeoutNanos) {
    // Not twice.
  }

  void onWritten(long now) {
    // Nobody sends any more.
  }

  void onRead(long now) {
    // The peer waits for no room of ours.
  }

  void inactivityTimeout(long nanos) {
    // Its own time is up soon enough.
  }

  void onDelivery(long now, DeliveryOutcome outcome) {
    // Only the SYN's fate matters.
  }
}
