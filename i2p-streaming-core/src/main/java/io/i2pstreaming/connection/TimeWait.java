package io.i2pstreaming.connection;

import io.i2pstreaming.wire.PacketFlags;
import io.i2pstreaming.wire.PacketView;
import io.i2pstreaming.wire.PacketWriter;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a {@link Connection} when its stream is over: enough to acknowledge once more
 * what the peer repeats, or to repeat our RESET, until late packets have died out. A tenth of what
 * an {@link Exchange} takes; holds nothing of the application.
 *
 * <p>A peer that was ever choked hears that it no longer is: it may have a CLOSE to repeat.
 */
final class TimeWait extends Phase {
  private static final long SECOND = 1_000_000_000L;
  private static final long TIME_WAIT_NANOS = 60 * SECOND;
  private static final long RESET_WAIT_NANOS = 30 * SECOND;
  private static final long RESET_INTERVAL_NANOS = 10 * SECOND;

  private final boolean reset;
  private final int resendDelaySeconds;
  private final int delayMillis;
  private final int nextSequence;
  private final int ackThrough;
  private final int ackFlag;
  private final long lifetimeNanos;

  private ConnectionState state;
  private @Nullable ConnectionStats figures;
  private long expiresAt = Connection.NEVER;
  private long ackDueAt = Connection.NEVER;
  private long resetAt;
  private boolean resetDue;

  /** The stream of {@code former} ended just now. */
  TimeWait(
      long now,
      Exchange former,
      ConnectionConfig config,
      boolean reset,
      SendHalf sender,
      ReceiveHalf receiver) {
    super(former);
    this.reset = reset;
    resendDelaySeconds = config.initialResendDelaySeconds();
    delayMillis = receiver.chokesSent() > 0 ? 0 : PacketComposer.NO_DELAY_OPTION;
    nextSequence = (int) sender.window().next();
    boolean acks = sendStreamId() != 0 && receiver.window().hasReceived();
    ackThrough = acks ? (int) receiver.window().highest() : 0;
    ackFlag = acks ? 0 : PacketFlags.NO_ACK;
    lifetimeNanos = sender.lifetimeNanos();
    state = former.state();
    figures = former.stats();
    if (state == ConnectionState.TIME_WAIT) {
      resetDue = reset;
      ackDueAt = reset ? Connection.NEVER : receiver.acks().dueAt();
      expiresAt = now + (reset ? RESET_WAIT_NANOS : TIME_WAIT_NANOS);
    }
  }

  @Override
  ConnectionState state() {
    return state;
  }

  @Override
  ConnectionStats stats() {
    return figures == null ? ConnectionStats.of(state) : figures;
  }

  @Nullable ConnectionStats takeStats() {
    ConnectionStats taken = figures;
    figures = null;
    return taken;
  }

  /** The peer repeats itself: it does not know yet that the stream is over. */
  @Override
  boolean accept(long now, PacketView packet) {
    if (packet.has(PacketFlags.RESET)) {
      if (!auth.verify(now, packet)) {
        return false;
      }
      forget();
    } else if (packet.sequence() > 0 || packet.has(PacketFlags.SYNCHRONIZE)) {
      if (!reset) {
        ackDueAt = Math.min(ackDueAt, now);
        expiresAt = now + TIME_WAIT_NANOS;
      } else if (now - resetAt >= RESET_INTERVAL_NANOS) {
        resetDue = true;
      }
    }
    return true;
  }

  @Override
  void onTimer(long now) {
    if (expiresAt <= now) {
      forget();
    }
  }

  @Override
  void abort(long now, CloseReason reason) {
    forget();
  }

  /** Nobody needs us any more. */
  private void forget() {
    state = ConnectionState.CLOSED;
    resetDue = false;
    ackDueAt = Connection.NEVER;
    expiresAt = Connection.NEVER;
  }

  @Override
  boolean hasOutput(long now) {
    return resetDue || ackDueAt <= now;
  }

  @Override
  int emit(long now, PacketOutput output, int maxPackets) {
    if (maxPackets < 1 || !hasOutput(now)) {
      return 0;
    }
    PacketKind kind = resetDue ? PacketKind.RESET : PacketKind.ACK;
    if (resetDue) {
      resetDue = false;
      resetAt = now;
    }
    ackDueAt = Connection.NEVER;
    output.commit(write(output.buffer(), kind == PacketKind.RESET), kind, lifetimeNanos);
    return 1;
  }

  private int write(byte[] buffer, boolean resets) {
    PacketWriter writer = new PacketWriter();
    writer.begin(buffer, sendStreamId(), receiveStreamId, resets ? nextSequence : 0, ackThrough);
    writer.flags(resendDelaySeconds, ackFlag | (resets ? PacketFlags.RESET : 0));
    if (resets) {
      writer.signature(auth.signatureLength());
    } else if (delayMillis >= 0) {
      writer.delay(delayMillis);
    }
    int length = writer.endOptions().payload(0);
    if (resets) {
      auth.sign(buffer, 0, length, writer.signatureOffset());
    }
    return length;
  }

  @Override
  long nextDeadline() {
    return Math.min(expiresAt, ackDueAt);
  }
}
