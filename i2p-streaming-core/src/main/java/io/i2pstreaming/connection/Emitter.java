package io.i2pstreaming.connection;

import io.i2pstreaming.wire.PacketFlags;

/**
 * Which packet leaves next: the first packet, then lost ones, then new ones, then a bare
 * acknowledgement. Serves {@link Exchange}; has the packets written by {@link PacketComposer}.
 */
final class Emitter {
  private enum Due {
    NOTHING,
    FIRST,
    AGAIN,
    NEW,
    ACK
  }

  private final PacketComposer composer;
  private final Lifecycle life;
  private final TimerTable timers;
  private final SendHalf sender;
  private final ReceiveHalf receiver;
  private long packetsSent;

  Emitter(
      PacketComposer composer,
      Lifecycle life,
      TimerTable timers,
      SendHalf sender,
      ReceiveHalf receiver) {
    this.composer = composer;
    this.life = life;
    this.timers = timers;
    this.sender = sender;
    this.receiver = receiver;
  }

  long packetsSent() {
    return packetsSent;
  }

  boolean hasOutput(long now) {
    return due(now) != Due.NOTHING;
  }

  /** Writes the packet that is due; returns whether there was one. */
  boolean emit(long now, PacketOutput output) {
    switch (due(now)) {
      case FIRST -> {
        timers.clear(Timer.SYN_HOLD);
        sender.sendFirst(now, composer.firstPayloadLimit(), !composer.initiator());
        return writeNumbered(
            now, output, 0, !composer.initiator() || sender.window().length(0) == 0);
      }
      case AGAIN -> {
        long sequence = sender.recovery().resend(now);
        boolean written = writeNumbered(now, output, sequence, true);
        if (written) {
          output.again(sender.window().length(sequence));
        }
        return written;
      }
      case NEW -> {
        boolean established = life.state().isEstablished();
        long sequence = sender.sendNew(now, established);
        return writeNumbered(now, output, sequence, sender.wantsAck(established));
      }
      case ACK -> write(now, output, 0, 0, PacketKind.ACK, false);
      case NOTHING -> {
        return false;
      }
    }
    return true;
  }

  private Due due(long now) {
    ConnectionState state = life.state();
    boolean established = state.isEstablished();
    boolean answering = state == ConnectionState.SYN_RECEIVED;
    if (established || answering || state == ConnectionState.SYN_SENT) {
      if (sender.window().next() == 0) {
        return firstMayLeave(now) ? Due.FIRST : Due.NOTHING;
      }
      if (sender.recovery().resendReady()) {
        return Due.AGAIN;
      }
      if (!answering && sender.newReady(established)) {
        return Due.NEW;
      }
    }
    return life.mayAcknowledge() && receiver.acks().dueAt() <= now ? Due.ACK : Due.NOTHING;
  }

  private boolean firstMayLeave(long now) {
    ByteSource source = sender.source();
    return !timers.isSet(Timer.SYN_HOLD)
        || timers.deadline(Timer.SYN_HOLD) <= now
        || source.flushedThrough() > 0
        || source.finished()
        || source.writtenThrough() >= composer.firstPayloadLimit();
  }

  private boolean writeNumbered(long now, PacketOutput output, long sequence, boolean wantsAck) {
    boolean close = sender.window().closes(sequence);
    int flags = (sequence == 0 ? PacketFlags.SYNCHRONIZE : 0) | (close ? PacketFlags.CLOSE : 0);
    PacketKind kind = close ? PacketKind.CLOSE : PacketKind.DATA;
    if (sequence == 0) {
      kind = composer.initiator() ? PacketKind.SYN : PacketKind.SYN_ACK;
    }
    if (flags != 0 && !composer.canSign(now)) {
      life.end(CloseReason.EXHAUSTED);
      return false;
    }
    write(now, output, flags, sequence, kind, wantsAck || close);
    return true;
  }

  private void write(
      long now, PacketOutput output, int flags, long sequence, PacketKind kind, boolean wantsAck) {
    boolean numbered = kind != PacketKind.ACK;
    int delayMillis = receiver.delayMillis(wantsAck);
    int length =
        composer.compose(
            output.buffer(),
            sequence,
            flags,
            receiver.window(),
            delayMillis,
            sender.source(),
            numbered ? sender.window().offset(sequence) : 0,
            numbered ? sender.window().length(sequence) : 0);
    packetsSent++;
    receiver.onAcknowledged(now);
    output.commit(length, kind, sender.lifetimeNanos());
  }
}
