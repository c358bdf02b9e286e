package io.i2pstreaming.connection;

import io.i2pstreaming.connection.ReceiveHalf.Arrival;
import io.i2pstreaming.wire.PacketFlags;
import io.i2pstreaming.wire.PacketView;

/**
 * One I2P stream connection: told the time and what happened, asked what to send and when to wake
 * it. Deterministic; knows no clock, no thread, no key, no socket.
 *
 * <p>After every input the owner calls {@link #emit} while {@link #hasOutput} says so, then looks
 * at {@link #nextDeadline}.
 */
public final class Connection {
  /** What {@link #nextDeadline()} says when nothing is due. */
  public static final long NEVER = Long.MAX_VALUE;

  private static final long SECOND = 1_000_000_000L;

  /** How long the first packet of a responder waits for the application's answer. */
  private static final long SYN_ACK_HOLD_NANOS = 25_000_000L;

  /** An answer to our CLOSE may never come: i2pd forgets the stream when it sends its own. */
  private static final int MAX_CLOSE_SENDS = 6;

  private static final long LINGER_NANOS = 30 * SECOND;
  private static final long TIME_WAIT_NANOS = 60 * SECOND;
  private static final long RESET_WAIT_NANOS = 30 * SECOND;
  private static final long RESET_INTERVAL_NANOS = 10 * SECOND;
  private static final long INACTIVITY_JITTER_NANOS = 10 * SECOND;
  private static final long UNREACHABLE_AFTER_NANOS = 5 * SECOND;
  private static final int LAST_NO_LEASE_SET = 3;

  /** Java counts in 63 bits and writes 32: numbers must never wrap. */
  private static final long LAST_SEQUENCE = 0xffff_fff0L;

  private enum Due {
    NOTHING,
    RESET,
    FIRST,
    AGAIN,
    NEW,
    ACK
  }

  private final ConnectionConfig config;
  private final int receiveStreamId;
  private final PacketAuth auth;
  private final boolean initiator;
  private final ConnectionListener listener;
  private final TimerTable timers = new TimerTable();
  private final RttEstimator rtt;
  private final SendHalf sender;
  private final ReceiveHalf receiver;
  private final PacketComposer composer;

  private ConnectionState state = ConnectionState.NEW;
  private int sendStreamId;
  private int earlyPeerId;
  private boolean told;
  private boolean resetDue;
  private boolean wasReset;
  private boolean closedByPeerFirst;
  private long resetAt;
  private long openedAt;
  private long activeAt;
  private int noLeaseSets;
  private long packetsSent;
  private long packetsReceived;
  private long packetsIgnored;

  private Connection(
      boolean initiator,
      ConnectionConfig config,
      int receiveStreamId,
      PacketAuth auth,
      StreamPorts ports) {
    this.initiator = initiator;
    this.config = config;
    this.receiveStreamId = receiveStreamId;
    this.auth = auth;
    listener = ports.listener();
    rtt = new RttEstimator(config.initialRtoNanos());
    sender = new SendHalf(config, ports.source(), timers, rtt);
    receiver = new ReceiveHalf(config, ports.sink(), timers, rtt);
    composer = new PacketComposer(config, receiveStreamId, auth, initiator);
  }

  /** The side that dials. Sends nothing before {@link #open}. */
  public static Connection initiator(
      ConnectionConfig config, int receiveStreamId, PacketAuth auth, StreamPorts ports) {
    return new Connection(true, config, receiveStreamId, auth, ports);
  }

  /**
   * The side that answers. The SYN, already verified and admitted, follows by {@link #onPacket}.
   */
  public static Connection responder(
      ConnectionConfig config, int receiveStreamId, PacketAuth auth, StreamPorts ports) {
    return new Connection(false, config, receiveStreamId, auth, ports);
  }

  /** Starts the handshake of an initiator. */
  public void open(long now) {
    if (!initiator || state != ConnectionState.NEW) {
      return;
    }
    move(ConnectionState.SYN_SENT);
    openedAt = now;
    if (config.connectTimeoutNanos() > 0) {
      timers.set(Timer.CONNECT, now + config.connectTimeoutNanos());
    }
    if (config.connectDelayNanos() > 0) {
      timers.set(Timer.SYN_HOLD, now + config.connectDelayNanos());
    }
    settle(now);
  }

  /**
   * A packet for this connection arrived. Signatures are verified in here, through the auth port;
   * only the SYN of a responder's peer comes verified.
   */
  public void onPacket(long now, PacketView packet) {
    packetsReceived++;
    if (!belongs(packet) || !accept(now, packet)) {
      packetsIgnored++;
    }
    settle(now);
  }

  private boolean belongs(PacketView packet) {
    if (state == ConnectionState.CLOSED || packet.has(PacketFlags.ECHO)) {
      return false;
    }
    if (packet.sendStreamId() != receiveStreamId && (initiator || packet.sendStreamId() != 0)) {
      return false;
    }
    return sendStreamId == 0
        || packet.receiveStreamId() == sendStreamId
        || packet.has(PacketFlags.RESET);
  }

  private boolean accept(long now, PacketView packet) {
    if (packet.has(PacketFlags.RESET)) {
      return onReset(now, packet);
    }
    if (packet.has(PacketFlags.SYNCHRONIZE) && packet.sequence() != 0) {
      return false;
    }
    return switch (state) {
      case NEW -> onFirst(now, packet);
      case SYN_SENT -> onAnswer(now, packet);
      case SYN_RECEIVED, OPEN, CLOSE_SENT, CLOSE_RECEIVED, CLOSING -> onNext(now, packet);
      case TIME_WAIT -> onLate(now, packet);
      case CLOSED -> false;
    };
  }

  private boolean onReset(long now, PacketView packet) {
    if (state == ConnectionState.NEW || !auth.verify(now, packet)) {
      return false;
    }
    if (state == ConnectionState.TIME_WAIT) {
      move(ConnectionState.CLOSED);
    } else {
      end(
          now,
          state == ConnectionState.SYN_SENT ? CloseReason.REFUSED : CloseReason.RESET_BY_PEER,
          false);
    }
    return true;
  }

  private boolean onFirst(long now, PacketView packet) {
    if (initiator || !packet.has(PacketFlags.SYNCHRONIZE) || packet.receiveStreamId() == 0) {
      return false;
    }
    move(ConnectionState.SYN_RECEIVED);
    openedAt = now;
    if (config.connectTimeoutNanos() > 0) {
      timers.set(Timer.CONNECT, now + config.connectTimeoutNanos());
    }
    if (packet.payloadLength() > 0) {
      timers.set(Timer.SYN_HOLD, now + SYN_ACK_HOLD_NANOS);
    }
    meet(now, packet);
    takeNumbered(now, packet);
    return true;
  }

  private void meet(long now, PacketView packet) {
    sendStreamId = packet.receiveStreamId();
    composer.peerKnown(sendStreamId);
    sender.negotiate(packet);
    activeAt = now;
    if (config.inactivityTimeoutNanos() > 0 && config.inactivityAction() != InactivityAction.NONE) {
      timers.set(Timer.INACTIVITY, now + inactivityNanos());
    }
    listener.connected();
  }

  private boolean onAnswer(long now, PacketView packet) {
    if (packet.receiveStreamId() == 0 || sender.window().next() == 0) {
      return false;
    }
    if (!packet.has(PacketFlags.SYNCHRONIZE)) {
      return keepEarly(now, packet);
    }
    if (!auth.verify(now, packet)) {
      return false;
    }
    if (earlyPeerId != 0 && earlyPeerId != packet.receiveStreamId()) {
      receiver.window().clearEarly();
    }
    move(ConnectionState.OPEN);
    timers.clear(Timer.CONNECT);
    meet(now, packet);
    takeAcks(now, packet);
    sender.onAnswered(now);
    takeNumbered(now, packet);
    receiver.acks().demand(now);
    return true;
  }

  /** Data that overtook the SYN-ACK: kept, but neither delivered nor acknowledged before it. */
  private boolean keepEarly(long now, PacketView packet) {
    long sequence = packet.sequence();
    if (sequence == 0
        || sequence >= SendHalf.PACKETS_BEFORE_ANSWER
        || packet.has(PacketFlags.CLOSE)
        || (earlyPeerId != 0 && earlyPeerId != packet.receiveStreamId())) {
      return false;
    }
    earlyPeerId = packet.receiveStreamId();
    receiver.take(now, packet, false);
    return true;
  }

  private boolean onNext(long now, PacketView packet) {
    if (packet.has(PacketFlags.SYNCHRONIZE)) {
      if (state == ConnectionState.SYN_RECEIVED) {
        sender.repeatFirst(now);
      } else {
        takeNumbered(now, packet);
      }
      return true;
    }
    long sequence = packet.sequence();
    boolean signed = packet.has(PacketFlags.CLOSE | PacketFlags.SIGNATURE_INCLUDED);
    if (sequence > 0
        && (receiver.isOutOfRange(sequence)
            || (signed && !receiver.isDuplicate(sequence) && !auth.verify(now, packet)))) {
      return false;
    }
    activeAt = now;
    sender.onHeard();
    boolean ok = takeAcks(now, packet);
    if (sequence > 0) {
      ok &= takeNumbered(now, packet);
    }
    return ok;
  }

  private boolean takeAcks(long now, PacketView packet) {
    if (packet.delayMillis() >= 0) {
      sender.onDelayOption(now, packet.chokes());
    }
    if (packet.has(PacketFlags.NO_ACK) || packet.sendStreamId() == 0) {
      return true;
    }
    long released = sender.bytesAcknowledged();
    if (!sender.onAck(now, packet)) {
      return false;
    }
    if (sender.sampleNanos() >= 0) {
      listener.rttSample(sender.sampleNanos());
    }
    if (sender.bytesAcknowledged() > released) {
      listener.writable();
    }
    return true;
  }

  private boolean takeNumbered(long now, PacketView packet) {
    Arrival arrival = receiver.take(now, packet, packet.has(PacketFlags.CLOSE));
    if (arrival == Arrival.UNWANTED) {
      end(now, CloseReason.RESET_LOCALLY, true);
    } else if (arrival == Arrival.READABLE) {
      closedByPeerFirst |= receiver.ended() && !sender.closeSent();
      listener.readable();
    }
    return arrival != Arrival.INVALID && arrival != Arrival.REFUSED;
  }

  /** The stream is over, and the peer does not know it yet. */
  private boolean onLate(long now, PacketView packet) {
    if (packet.sequence() == 0 && !packet.has(PacketFlags.SYNCHRONIZE)) {
      return true;
    }
    if (!wasReset) {
      receiver.acks().demand(now);
      timers.set(Timer.TIME_WAIT, now + TIME_WAIT_NANOS);
    } else if (!resetDue && now - resetAt >= RESET_INTERVAL_NANOS) {
      resetDue = true;
    }
    return true;
  }

  /** Time has come to {@link #nextDeadline()}; harmless when too early. */
  public void onTimer(long now) {
    if (timers.expire(Timer.CONNECT, now)) {
      end(now, initiator ? CloseReason.CONNECT_TIMEOUT : CloseReason.PEER_GONE, false);
    }
    timers.expire(Timer.SYN_HOLD, now);
    if (timers.expire(Timer.RETRANSMIT, now)) {
      onRetransmitTimer(now);
    }
    if (timers.expire(Timer.LOSS, now)) {
      sender.onLossTimer(now);
    }
    if (timers.expire(Timer.FLUSH, now)) {
      sender.onFlushTimer();
    }
    if (timers.expire(Timer.PERSIST, now) && !sender.onPersistTimer(now)) {
      end(now, CloseReason.PEER_GONE, false);
    }
    if (timers.expire(Timer.UNCHOKE, now)) {
      receiver.onUnchokeTimer(now);
    }
    if (timers.expire(Timer.INACTIVITY, now)) {
      onInactivityTimer(now);
    }
    if (timers.expire(Timer.LINGER, now)) {
      end(now, CloseReason.CLEAN, false);
    }
    if (timers.expire(Timer.TIME_WAIT, now)) {
      move(ConnectionState.CLOSED);
    }
    settle(now);
  }

  private void onRetransmitTimer(long now) {
    if (state == ConnectionState.SYN_SENT) {
      sender.onSynTimer(now);
      return;
    }
    boolean closeUnanswered =
        sender.onlyCloseIsOpen()
            && sender.window().sends(sender.window().lowest()) >= MAX_CLOSE_SENDS;
    if (closeUnanswered && (receiver.ended() || receiver.abandoned())) {
      end(now, CloseReason.CLEAN, false);
    } else if (!sender.onRetransmitTimer(now)) {
      end(now, CloseReason.PEER_GONE, false);
    }
  }

  private void onInactivityTimer(long now) {
    long quiet = now - activeAt;
    boolean halfClosed = sender.closeSent() || receiver.ended();
    long limit = inactivityNanos() + (halfClosed ? config.inactivityTimeoutNanos() : 0);
    if (quiet < inactivityNanos()) {
      timers.set(Timer.INACTIVITY, activeAt + inactivityNanos());
    } else if (!sender.window().isEmpty()) {
      timers.set(Timer.INACTIVITY, now + inactivityNanos());
    } else if (config.inactivityAction() == InactivityAction.SEND && !sender.closeSent()) {
      sender.keepAlive();
      timers.set(Timer.INACTIVITY, now + inactivityNanos());
    } else if (quiet < limit) {
      timers.set(Timer.INACTIVITY, activeAt + limit);
    } else {
      end(now, CloseReason.INACTIVE, true);
    }
  }

  /** The stream id is random, so it serves to keep many connections from waking together. */
  private long inactivityNanos() {
    long spread = Integer.toUnsignedLong(receiveStreamId * 0x9e3779b1);
    return config.inactivityTimeoutNanos() + ((spread * INACTIVITY_JITTER_NANOS) >>> 32);
  }

  /** The source has new bytes, a flush, or its end. */
  public void onWritten(long now) {
    settle(now);
  }

  /** The application read from the sink, or abandoned it. */
  public void onRead(long now) {
    receiver.onRead(now);
    settle(now);
  }

  /** The router's word on our SYN or on a sampled packet. */
  public void onDelivery(long now, DeliveryOutcome outcome) {
    if (state != ConnectionState.SYN_SENT) {
      return;
    }
    if (outcome == DeliveryOutcome.HARD_FAILURE) {
      end(now, CloseReason.UNREACHABLE, false);
    } else if (outcome == DeliveryOutcome.NO_LEASE_SET) {
      noLeaseSets++;
      if (noLeaseSets >= LAST_NO_LEASE_SET || now - openedAt >= UNREACHABLE_AFTER_NANOS) {
        end(now, CloseReason.UNREACHABLE, false);
      } else {
        // The lease set may be on its way into the network; ask again sooner than for a loss.
        timers.set(Timer.RETRANSMIT, Math.min(timers.deadline(Timer.RETRANSMIT), now + SECOND));
      }
    }
  }

  /**
   * The application wants the connection gone now: RESET to the peer, {@code reason} to the
   * listener.
   */
  public void abort(long now, CloseReason reason) {
    if (state == ConnectionState.TIME_WAIT) {
      move(ConnectionState.CLOSED);
      return;
    }
    if (state != ConnectionState.CLOSED) {
      end(now, reason, true);
    }
  }

  /** Tells the listener, once, and leaves: at once, or after the RESET and its repeats. */
  private void end(long now, CloseReason reason, boolean reset) {
    if (state == ConnectionState.CLOSED || state == ConnectionState.TIME_WAIT) {
      return;
    }
    timers.clearAll();
    sender.detach();
    receiver.detach();
    if (reset && sendStreamId != 0 && auth.canSign(now)) {
      move(ConnectionState.TIME_WAIT);
      resetDue = true;
      wasReset = true;
      timers.set(Timer.TIME_WAIT, now + RESET_WAIT_NANOS);
    } else {
      move(ConnectionState.CLOSED);
    }
    tell(reason);
  }

  private void tell(CloseReason reason) {
    if (!told) {
      told = true;
      listener.closed(reason);
    }
  }

  /** Brings the state and the timers in line with what has happened. */
  private void settle(long now) {
    if (state == ConnectionState.CLOSED
        || state == ConnectionState.TIME_WAIT
        || state == ConnectionState.NEW) {
      return;
    }
    if (sender.window().next() >= LAST_SEQUENCE) {
      end(now, CloseReason.EXHAUSTED, true);
      return;
    }
    if (state == ConnectionState.SYN_RECEIVED && sender.window().lowest() > 0) {
      move(ConnectionState.OPEN);
      timers.clear(Timer.CONNECT);
    }
    if (state.isEstablished()) {
      settleClose(now);
    }
    if (state != ConnectionState.CLOSED && state != ConnectionState.TIME_WAIT) {
      sender.settle(now);
    }
  }

  private void settleClose(long now) {
    if (sender.closeAcknowledged() && receiver.ended()) {
      finish(now);
      return;
    }
    if (sender.closeSent() && state != ConnectionState.CLOSING) {
      moveTo(receiver.ended() ? ConnectionState.CLOSING : ConnectionState.CLOSE_SENT);
    } else if (receiver.ended() && !sender.closeSent()) {
      moveTo(ConnectionState.CLOSE_RECEIVED);
    }
    if (sender.closeAcknowledged() && receiver.abandoned()) {
      timers.start(Timer.LINGER, now + LINGER_NANOS);
    }
  }

  private void moveTo(ConnectionState next) {
    if (state != next) {
      move(next);
    }
  }

  private void finish(long now) {
    timers.clearAll();
    sender.detach();
    receiver.detach();
    if (closedByPeerFirst) {
      // Our CLOSE told the peer that its own had arrived, and is acknowledged: nothing is open.
      move(ConnectionState.CLOSED);
    } else {
      move(ConnectionState.TIME_WAIT);
      timers.set(Timer.TIME_WAIT, now + TIME_WAIT_NANOS);
    }
    tell(CloseReason.CLEAN);
  }

  private void move(ConnectionState next) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException(state + " to " + next);
    }
    state = next;
    if (next == ConnectionState.CLOSED) {
      timers.clearAll();
    }
  }

  /** Writes up to {@code maxPackets} packets that are due and returns how many. */
  public int emit(long now, PacketOutput output, int maxPackets) {
    int count = 0;
    while (count < maxPackets) {
      Due due = due(now);
      if (due == Due.NOTHING || !send(now, due, output)) {
        break;
      }
      count++;
    }
    settle(now);
    return count;
  }

  /** Whether {@link #emit} has something to send right now. */
  public boolean hasOutput(long now) {
    return due(now) != Due.NOTHING;
  }

  private Due due(long now) {
    if (resetDue) {
      return Due.RESET;
    }
    boolean established = state.isEstablished();
    if (established || state == ConnectionState.SYN_SENT || state == ConnectionState.SYN_RECEIVED) {
      if (sender.window().next() == 0) {
        return firstMayLeave(now) ? Due.FIRST : Due.NOTHING;
      }
      if (sender.resendReady()) {
        return Due.AGAIN;
      }
      if (state != ConnectionState.SYN_RECEIVED && sender.newReady(established)) {
        return Due.NEW;
      }
    }
    // Before its SYN-ACK is acknowledged, i2pd would take a bare ack for the SYN-ACK.
    boolean mayAck = established || (state == ConnectionState.TIME_WAIT && !wasReset);
    return mayAck && receiver.acks().dueAt() <= now ? Due.ACK : Due.NOTHING;
  }

  private boolean firstMayLeave(long now) {
    ByteSource source = sender.source();
    return timers.deadline(Timer.SYN_HOLD) <= now
        || !timers.isSet(Timer.SYN_HOLD)
        || source.flushedThrough() > 0
        || source.finished()
        || source.writtenThrough() >= composer.firstPayloadLimit();
  }

  private boolean send(long now, Due due, PacketOutput output) {
    SendWindow window = sender.window();
    boolean established = state.isEstablished();
    switch (due) {
      case RESET -> {
        resetDue = false;
        resetAt = now;
        write(output, PacketFlags.RESET, window.next(), PacketKind.RESET, false);
      }
      case FIRST -> {
        timers.clear(Timer.SYN_HOLD);
        if (!auth.canSign(now)) {
          end(now, CloseReason.EXHAUSTED, false);
          return false;
        }
        sender.sendFirst(now, composer.firstPayloadLimit(), !initiator);
        boolean wantsAck = !initiator || window.length(0) == 0;
        writeNumbered(now, output, 0, wantsAck);
      }
      case AGAIN -> {
        long sequence = sender.resend(now);
        return writeNumbered(now, output, sequence, true);
      }
      case NEW -> {
        sender.sendNew(now, established);
        boolean close = window.closes(window.next() - 1);
        return writeNumbered(now, output, window.next() - 1, sender.wantsAck(established) || close);
      }
      case ACK -> write(output, 0, 0, PacketKind.ACK, false);
      case NOTHING -> {
        return false;
      }
    }
    return true;
  }

  private boolean writeNumbered(long now, PacketOutput output, long sequence, boolean wantsAck) {
    boolean close = sender.window().closes(sequence);
    int flags = (sequence == 0 ? PacketFlags.SYNCHRONIZE : 0) | (close ? PacketFlags.CLOSE : 0);
    PacketKind kind = close ? PacketKind.CLOSE : PacketKind.DATA;
    if (sequence == 0) {
      kind = initiator ? PacketKind.SYN : PacketKind.SYN_ACK;
    }
    if (flags != 0 && !auth.canSign(now)) {
      end(now, CloseReason.EXHAUSTED, false);
      return false;
    }
    write(output, flags, sequence, kind, wantsAck);
    activeAt = now;
    return true;
  }

  private void write(
      PacketOutput output, int flags, long sequence, PacketKind kind, boolean wantsAck) {
    boolean numbered = kind != PacketKind.RESET && kind != PacketKind.ACK;
    int length =
        composer.compose(
            output.buffer(),
            sequence,
            flags,
            receiver.window(),
            kind == PacketKind.RESET
                ? PacketComposer.NO_DELAY_OPTION
                : receiver.delayMillis(wantsAck),
            sender.source(),
            numbered ? sender.window().offset(sequence) : 0,
            numbered ? sender.window().length(sequence) : 0);
    packetsSent++;
    receiver.acks().onAcknowledged();
    output.commit(length, kind, sender.lifetimeNanos());
  }

  /** When {@link #onTimer} is wanted next, or {@link #NEVER}. */
  public long nextDeadline() {
    boolean mayAck = state.isEstablished() || (state == ConnectionState.TIME_WAIT && !wasReset);
    return Math.min(timers.earliest(), mayAck ? receiver.acks().dueAt() : NEVER);
  }

  /** Whether it is over and nothing more will be emitted: the owner may forget it. */
  public boolean isFinished() {
    return state == ConnectionState.CLOSED;
  }

  /** Our id, by which incoming packets find this connection. */
  public int receiveStreamId() {
    return receiveStreamId;
  }

  /** The peer's id, or 0 while unknown. */
  public int sendStreamId() {
    return sendStreamId;
  }

  /** Where it stands. */
  public ConnectionState state() {
    return state;
  }

  /** Packets dropped for their ids, signature, numbers, or for want of room. */
  public long packetsIgnored() {
    return packetsIgnored;
  }

  /** A snapshot of its figures. */
  public ConnectionStats stats() {
    return new ConnectionStats(
        state,
        rtt.smoothedNanos(),
        rtt.varianceNanos(),
        rtt.minNanos(),
        rtt.rtoNanos(),
        sender.windowPackets(),
        sender.window().inFlight(),
        packetsSent,
        packetsReceived,
        sender.timeoutRetransmissions(),
        sender.fastRetransmissions(),
        receiver.duplicatesReceived(),
        sender.bytesSent(),
        sender.bytesAcknowledged(),
        receiver.bytesReceived(),
        receiver.chokesSent(),
        sender.gate().chokesReceived());
  }
}
