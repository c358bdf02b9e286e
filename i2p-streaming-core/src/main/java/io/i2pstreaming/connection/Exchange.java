package io.i2pstreaming.connection;

import io.i2pstreaming.connection.ReceiveHalf.Arrival;
import io.i2pstreaming.wire.PacketFlags;
import io.i2pstreaming.wire.PacketView;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Connection} until its stream is over: handshake, data both ways, close. Joins the parts
 * that do the work: {@link SendHalf}, {@link ReceiveHalf}, {@link Lifecycle}, {@link Emitter},
 * {@link Inactivity}. All of them are let go together when {@link TimeWait} takes over.
 */
final class Exchange extends Phase {
  private static final long SECOND = 1_000_000_000L;

  /** How long the first packet of a responder waits for the application's answer. */
  private static final long SYN_ACK_HOLD_NANOS = 25_000_000L;

  /** An answer to our CLOSE may never come: i2pd forgets the stream when it sends its own. */
  private static final int MAX_CLOSE_SENDS = 6;

  private static final long UNREACHABLE_AFTER_NANOS = 5 * SECOND;
  private static final int LAST_NO_LEASE_SET = 3;

  private final ConnectionConfig config;
  private final TimerTable timers = new TimerTable();
  private final SendHalf sender;
  private final ReceiveHalf receiver;
  private final Lifecycle life;
  private final Emitter emitter;
  private final Inactivity inactivity;

  private int earlyPeerId;
  private int noLeaseSets;
  private long packetsReceived;

  Exchange(
      boolean initiator,
      ConnectionConfig config,
      @Nullable PathMemory memory,
      int receiveStreamId,
      PacketAuth auth,
      StreamPorts ports) {
    super(initiator, receiveStreamId, auth);
    this.config = config;
    RttEstimator rtt = new RttEstimator(config.initialRtoNanos(), memory);
    sender = new SendHalf(config, memory, ports.source(), timers, rtt);
    receiver = new ReceiveHalf(config, ports.sink(), timers, rtt);
    PacketComposer composer = new PacketComposer(config, this);
    life = new Lifecycle(auth, ports.listener(), timers, sender, receiver);
    emitter = new Emitter(composer, life, timers, sender, receiver);
    inactivity = new Inactivity(config, receiveStreamId, timers);
  }

  @Override
  void open(long now) {
    open(now, config.connectTimeoutNanos());
  }

  @Override
  void open(long now, long connectTimeoutNanos) {
    if (!initiator || life.state() != ConnectionState.NEW) {
      return;
    }
    life.dialing();
    if (connectTimeoutNanos > 0) {
      timers.set(Timer.CONNECT, now + connectTimeoutNanos);
    }
    if (config.connectDelayNanos() > 0) {
      timers.set(Timer.SYN_HOLD, now + config.connectDelayNanos());
    }
    life.settle(now);
  }

  @Override
  void onPacket(long now, PacketView packet) {
    packetsReceived++;
    super.onPacket(now, packet);
    life.settle(now);
  }

  @Override
  boolean accept(long now, PacketView packet) {
    if (packet.has(PacketFlags.RESET)) {
      return onReset(now, packet);
    }
    return switch (life.state()) {
      case NEW -> onFirst(now, packet);
      case SYN_SENT -> onAnswer(now, packet);
      case SYN_RECEIVED, OPEN, CLOSE_SENT, CLOSE_RECEIVED, CLOSING -> onNext(now, packet);
      case TIME_WAIT, CLOSED -> false;
    };
  }

  private static boolean isSyn(PacketView packet) {
    return packet.has(PacketFlags.SYNCHRONIZE) && packet.sequence() == 0;
  }

  private boolean onReset(long now, PacketView packet) {
    if (life.state() == ConnectionState.NEW || !auth.verify(now, packet)) {
      return false;
    }
    boolean refused = life.state() == ConnectionState.SYN_SENT;
    life.end(refused ? CloseReason.REFUSED : CloseReason.RESET_BY_PEER);
    return true;
  }

  private boolean onFirst(long now, PacketView packet) {
    if (initiator || !isSyn(packet) || packet.receiveStreamId() == 0) {
      return false;
    }
    life.answering();
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
    sendStreamId(packet.receiveStreamId());
    sender.negotiate(packet);
    receiver.meet(packet);
    inactivity.start(now);
    life.listener().connected();
  }

  private boolean onAnswer(long now, PacketView packet) {
    if (packet.receiveStreamId() == 0 || sender.window().next() == 0) {
      return false;
    }
    if (!packet.has(PacketFlags.SYNCHRONIZE)) {
      return keepEarly(now, packet);
    }
    if (packet.sequence() != 0 || !auth.verify(now, packet)) {
      return false;
    }
    if (earlyPeerId != 0 && earlyPeerId != packet.receiveStreamId()) {
      receiver.window().clearEarly();
    }
    life.answered();
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
    if (isSyn(packet)) {
      if (life.state() == ConnectionState.SYN_RECEIVED) {
        sender.repeatFirst();
      } else {
        takeNumbered(now, packet);
      }
      return true;
    }
    long sequence = packet.sequence();
    // The reference sometimes sends its first data as if it were a SYN, and takes that for data.
    boolean signed =
        packet.has(PacketFlags.SYNCHRONIZE | PacketFlags.CLOSE | PacketFlags.SIGNATURE_INCLUDED);
    if (sequence > 0
        && (receiver.isOutOfRange(sequence)
            || (signed && !receiver.isDuplicate(sequence) && !auth.verify(now, packet)))) {
      return false;
    }
    inactivity.moved(now);
    sender.onHeard();
    boolean ok = takeAcks(now, packet);
    if (life.state() == ConnectionState.SYN_RECEIVED && packet.sendStreamId() != 0) {
      // Only the SYN-ACK told the peer our id. The reference's data may say no more than that.
      sender.onAnswered(now);
    }
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
    if (sender.recovery().sampleNanos() >= 0) {
      life.listener()
          .rttSample(
              sender.recovery().sampleNanos(), sender.rtt().rtoNanos(), sender.windowPackets());
    }
    if (sender.bytesAcknowledged() > released) {
      life.listener().writable();
    }
    return true;
  }

  private boolean takeNumbered(long now, PacketView packet) {
    Arrival arrival = receiver.take(now, packet, packet.has(PacketFlags.CLOSE));
    if (arrival == Arrival.UNWANTED) {
      life.reset(now, CloseReason.RESET_LOCALLY);
    } else if (arrival == Arrival.READABLE) {
      if (receiver.ended()) {
        life.peerEnded();
      }
      life.listener().readable();
    }
    return arrival != Arrival.INVALID && arrival != Arrival.REFUSED;
  }

  @Override
  void onTimer(long now) {
    if (timers.expire(Timer.CONNECT, now)) {
      life.end(initiator ? CloseReason.CONNECT_TIMEOUT : CloseReason.PEER_GONE);
    }
    timers.expire(Timer.SYN_HOLD, now);
    if (timers.expire(Timer.RETRANSMIT, now)) {
      onRetransmitTimer(now);
    }
    if (timers.expire(Timer.LOSS, now)) {
      sender.recovery().onLossTimer(now);
    }
    if (timers.expire(Timer.PACE, now)) {
      sender.onPaceTimer(now);
    }
    if (timers.expire(Timer.FLUSH, now)) {
      sender.onFlushTimer();
    }
    if (timers.expire(Timer.PERSIST, now) && !sender.onPersistTimer(now)) {
      life.end(CloseReason.PEER_GONE);
    }
    if (timers.expire(Timer.UNCHOKE, now)) {
      receiver.onUnchokeTimer(now);
    }
    if (timers.expire(Timer.INACTIVITY, now)) {
      inactivity.onTimer(now, sender, receiver, life);
    }
    if (timers.expire(Timer.LINGER, now)) {
      life.end(CloseReason.CLEAN);
    }
    life.settle(now);
  }

  private void onRetransmitTimer(long now) {
    if (life.state() == ConnectionState.SYN_SENT) {
      sender.onSynTimer(now);
      return;
    }
    boolean closeUnanswered =
        sender.onlyCloseIsOpen()
            && sender.window().sends(sender.window().lowest()) >= MAX_CLOSE_SENDS;
    if (closeUnanswered && (receiver.ended() || receiver.abandoned())) {
      life.end(CloseReason.CLEAN);
    } else if (!sender.recovery().onRetransmitTimer(now)) {
      life.end(CloseReason.PEER_GONE);
    }
  }

  @Override
  void onWritten(long now) {
    life.settle(now);
  }

  @Override
  void onRead(long now) {
    receiver.onRead(now);
    life.settle(now);
  }

  @Override
  void inactivityTimeout(long nanos) {
    inactivity.timeout(nanos);
  }

  @Override
  void onDelivery(long now, DeliveryOutcome outcome) {
    if (life.state() != ConnectionState.SYN_SENT) {
      return;
    }
    if (outcome == DeliveryOutcome.HARD_FAILURE) {
      life.end(CloseReason.UNREACHABLE);
    } else if (outcome == DeliveryOutcome.NO_LEASE_SET) {
      noLeaseSets++;
      long unanswered = now - sender.recovery().waitingSince();
      if (noLeaseSets >= LAST_NO_LEASE_SET || unanswered >= UNREACHABLE_AFTER_NANOS) {
        life.end(CloseReason.UNREACHABLE);
      } else {
        // The lease set may be on its way into the network; ask again sooner than for a loss.
        timers.set(Timer.RETRANSMIT, Math.min(timers.deadline(Timer.RETRANSMIT), now + SECOND));
      }
    }
  }

  @Override
  void abort(long now, CloseReason reason) {
    life.reset(now, reason);
  }

  @Override
  int emit(long now, PacketOutput output, int maxPackets) {
    int count = 0;
    while (count < maxPackets && emitter.emit(now, output)) {
      count++;
    }
    if (count > 0) {
      inactivity.moved(now);
    }
    life.settle(now);
    return count;
  }

  @Override
  boolean hasOutput(long now) {
    return emitter.hasOutput(now);
  }

  @Override
  long nextDeadline() {
    return Math.min(
        timers.earliest(), life.mayAcknowledge() ? receiver.acks().dueAt() : Connection.NEVER);
  }

  @Override
  ConnectionState state() {
    return life.state();
  }

  @Override
  long sendBufferBytes() {
    return sender.heldBytes();
  }

  @Override
  long receiveBufferBytes() {
    return receiver.held();
  }

  /** What stays of it, now that the stream is over. */
  TimeWait end(long now) {
    return new TimeWait(now, this, config, life.resetDue(), sender, receiver);
  }

  @Override
  ConnectionStats stats() {
    return new ConnectionStats(
        life.state(),
        sender.rtt().smoothedNanos(),
        sender.rtt().varianceNanos(),
        sender.rtt().minNanos(),
        sender.rtt().rtoNanos(),
        sender.windowPackets(),
        sender.window().inFlight(),
        emitter.packetsSent(),
        packetsReceived,
        sender.recovery().timeoutRetransmissions(),
        sender.recovery().fastRetransmissions(),
        receiver.duplicatesReceived(),
        sender.bytesSent(),
        sender.bytesAcknowledged(),
        receiver.bytesReceived(),
        receiver.chokesSent(),
        sender.gate().chokesReceived());
  }
}
