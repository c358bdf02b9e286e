package io.i2pstreaming.connection;

import io.i2pstreaming.wire.PacketView;
import org.jspecify.annotations.Nullable;

/**
 * One I2P stream connection: told the time and what happened, asked what to send and when to wake
 * it. Deterministic; knows no clock, no thread, no key, no socket.
 *
 * <p>After every input the owner calls {@link #emit} while {@link #hasOutput} says so, then looks
 * at {@link #nextDeadline}.
 *
 * <p>In here is only the change from one life to the other: when the stream is over, the machine
 * with all its buffers and figures gives way to the little that late packets need.
 */
public final class Connection {
  /** What {@link #nextDeadline()} says when nothing is due. */
  public static final long NEVER = Long.MAX_VALUE;

  private Phase phase;

  private Connection(Phase phase) {
    this.phase = phase;
  }

  /**
   * The side that dials. Sends nothing before {@link #open}.
   *
   * @param memory what is known of the path, or null
   */
  public static Connection initiator(
      ConnectionConfig config,
      @Nullable PathMemory memory,
      int receiveStreamId,
      PacketAuth auth,
      StreamPorts ports) {
    return new Connection(new Exchange(true, config, memory, receiveStreamId, auth, ports));
  }

  /**
   * The side that answers. The SYN, already verified and admitted, follows by {@link #onPacket}.
   *
   * @param memory what is known of the path, or null
   */
  public static Connection responder(
      ConnectionConfig config,
      @Nullable PathMemory memory,
      int receiveStreamId,
      PacketAuth auth,
      StreamPorts ports) {
    return new Connection(new Exchange(false, config, memory, receiveStreamId, auth, ports));
  }

  private void settle(long now) {
    if (phase instanceof Exchange exchange && exchange.isOver()) {
      phase = exchange.end(now);
    }
  }

  /** Starts the handshake of an initiator. */
  public void open(long now) {
    phase.open(now);
    settle(now);
  }

  /** Starts the handshake with a connect timeout of its own; 0 is unlimited. */
  public void open(long now, long connectTimeoutNanos) {
    phase.open(now, connectTimeoutNanos);
    settle(now);
  }

  /**
   * A packet for this connection arrived. Signatures are verified in here, through the auth port;
   * only the SYN of a responder's peer comes verified.
   */
  public void onPacket(long now, PacketView packet) {
    phase.onPacket(now, packet);
    settle(now);
  }

  /** Time has come to {@link #nextDeadline()}; harmless when too early. */
  public void onTimer(long now) {
    phase.onTimer(now);
    settle(now);
  }

  /** The source has new bytes, a flush, or its end. */
  public void onWritten(long now) {
    phase.onWritten(now);
    settle(now);
  }

  /** The application read from the sink, or abandoned it. */
  public void onRead(long now) {
    phase.onRead(now);
    settle(now);
  }

  /** From now on the inactivity action waits for so much silence; 0 is never. */
  public void inactivityTimeout(long nanos) {
    phase.inactivityTimeout(nanos);
  }

  /** The router's word on our SYN or on a sampled packet. */
  public void onDelivery(long now, DeliveryOutcome outcome) {
    phase.onDelivery(now, outcome);
    settle(now);
  }

  /**
   * The application wants the connection gone now: RESET to the peer, {@code reason} to the
   * listener.
   */
  public void abort(long now, CloseReason reason) {
    phase.abort(now, reason);
    settle(now);
  }

  /** Writes up to {@code maxPackets} packets that are due and returns how many. */
  public int emit(long now, PacketOutput output, int maxPackets) {
    int count = phase.emit(now, output, maxPackets);
    settle(now);
    return count;
  }

  /** Whether {@link #emit} has something to send right now. */
  public boolean hasOutput(long now) {
    return phase.hasOutput(now);
  }

  /** When {@link #onTimer} is wanted next, or {@link #NEVER}. */
  public long nextDeadline() {
    return phase.nextDeadline();
  }

  /** Whether the stream is over, although late packets may still have to be answered. */
  public boolean isOver() {
    return phase.isOver();
  }

  /** Whether it is over and nothing more will be emitted: the owner may forget it. */
  public boolean isFinished() {
    return state() == ConnectionState.CLOSED;
  }

  /** Our id, by which incoming packets find this connection. */
  public int receiveStreamId() {
    return phase.receiveStreamId;
  }

  /** The peer's id, or 0 while unknown. */
  public int sendStreamId() {
    return phase.sendStreamId();
  }

  /** Where it stands. */
  public ConnectionState state() {
    return phase.state();
  }

  /** Packets dropped for their ids, signature, numbers, or for want of room. */
  public long packetsIgnored() {
    return phase.packetsIgnored();
  }

  /** Bytes of the source that the peer has not acknowledged; 0 when the stream is over. */
  public long sendBufferBytes() {
    return phase.sendBufferBytes();
  }

  /** Bytes that arrived and are not read, out-of-order ones included; 0 when it is over. */
  public long receiveBufferBytes() {
    return phase.receiveBufferBytes();
  }

  /** A snapshot of its figures; when the stream is over, those of its end. */
  public ConnectionStats stats() {
    return phase.stats();
  }

  /**
   * Hands over the figures of the stream's end, once; only the state is left of them here. Null
   * before the end and from the second time on.
   */
  public @Nullable ConnectionStats takeFinalStats() {
    return phase instanceof TimeWait over ? over.takeStats() : null;
  }
}
