package io.i2pstreaming.connection;

import io.i2pstreaming.wire.PacketFlags;
import io.i2pstreaming.wire.PacketView;
import org.jspecify.annotations.Nullable;

/**
 * The receiving direction of a connection: what arrived, how much memory it takes, when to
 * acknowledge, when to choke the peer. Serves {@link Connection}; calls the sink only.
 */
final class ReceiveHalf {
  /** What became of a numbered packet. */
  enum Arrival {
    /** Accepted; bytes or the end of the stream became readable. */
    READABLE,
    /** Accepted; nothing to read because of it. */
    ACCEPTED,
    /** It had arrived before. */
    DUPLICATE,
    /** No room; the peer must send it again. */
    REFUSED,
    /** Data for an application that reads no more. */
    UNWANTED,
    /** No honest peer sends this. */
    INVALID
  }

  /** Peers may have a larger window than we; i2pd's reaches 512. */
  private static final int MIN_AHEAD = 512;

  private static final long MIN_ACK_DELAY_NANOS = 2_000_000L;
  private static final long INTERACTIVE_ACK_DELAY_NANOS = 5_000_000L;
  private static final long UNMEASURED_ACK_DELAY_NANOS = 25_000_000L;

  private final ConnectionConfig config;
  private final ReceiveWindow window;
  private final AckPolicy acks = new AckPolicy();

  /** Only while something is missing. */
  private @Nullable GapReports gaps;

  /** Not before the first choke: most readers keep up. */
  private @Nullable ChokeSignal choke;

  private final TimerTable timers;
  private final RttEstimator rtt;
  private ByteSink sink;
  private long closeSequence = -1;
  private boolean interactive;
  private boolean peerCountsReports = true;
  private long bytesReceived;
  private long duplicatesReceived;

  ReceiveHalf(ConnectionConfig config, ByteSink sink, TimerTable timers, RttEstimator rtt) {
    this.config = config;
    this.sink = sink;
    this.timers = timers;
    this.rtt = rtt;
    window = new ReceiveWindow(Math.max(MIN_AHEAD, config.maxWindowPackets()));
    if (config.profile() == StreamProfile.INTERACTIVE) {
      hurry();
    }
  }

  /** One side or the other prefers latency. */
  private void hurry() {
    interactive = true;
    acks.eager();
  }

  ReceiveWindow window() {
    return window;
  }

  AckPolicy acks() {
    return acks;
  }

  /** The peer's first packet is in. */
  void meet(PacketView first) {
    peerCountsReports = !PeerQuirks.findsLossesByTime(first);
    if (first.has(PacketFlags.PROFILE_INTERACTIVE)) {
      hurry();
    }
  }

  /** A packet with valid ack fields left. */
  void onAcknowledged(long now) {
    if (!window.hasHoles()) {
      gaps = null;
    }
    GapReports reports = peerCountsReports ? gaps : null;
    acks.onAcknowledged(reports == null ? Connection.NEVER : reports.told(now, rtt));
  }

  /** Whether the peer's CLOSE and everything before it was delivered. */
  boolean ended() {
    return closeSequence >= 0 && window.expected() > closeSequence;
  }

  /** Whether the application will read no more. */
  boolean abandoned() {
    return sink.abandoned();
  }

  long bytesReceived() {
    return bytesReceived;
  }

  long duplicatesReceived() {
    return duplicatesReceived;
  }

  long chokesSent() {
    return choke == null ? 0 : choke.chokesSent();
  }

  /** The delay option of the next packet. */
  int delayMillis(boolean wantsAck) {
    int wanted = wantsAck ? 0 : PacketComposer.NO_DELAY_OPTION;
    return choke == null ? wanted : choke.delayMillis(wanted);
  }

  boolean isDuplicate(long sequence) {
    return window.isDuplicate(sequence);
  }

  boolean isOutOfRange(long sequence) {
    return window.isOutOfRange(sequence);
  }

  /** Takes a numbered packet, already verified if it says that it ends the stream. */
  Arrival take(long now, PacketView packet, boolean closes) {
    boolean hadHoles = window.hasHoles();
    long highest = window.highest();
    Arrival arrival = place(packet, closes);
    boolean urgent =
        arrival == Arrival.DUPLICATE
            || arrival == Arrival.REFUSED
            || hadHoles
            || window.hasHoles()
            || closes;
    if (window.highest() > highest + 1) {
      gaps = new GapReports();
    }
    if (arrival == Arrival.DUPLICATE) {
      duplicatesReceived++;
    } else if (packet.payloadLength() > 0
        && (arrival == Arrival.READABLE || arrival == Arrival.ACCEPTED)
        && choke != null
        && choke.onData()) {
      timers.clear(Timer.UNCHOKE);
    }
    if (mustChoke()) {
      timers.clear(Timer.UNCHOKE);
      urgent = true;
    }
    if (arrival != Arrival.INVALID) {
      acks.onNumbered(now, urgent, packet.chokes() ? -1 : packet.delayMillis(), ackDelayNanos());
    }
    return arrival;
  }

  private boolean mustChoke() {
    int budget = config.receiveBudgetBytes();
    if (choke == null && ChokeSignal.isCrowded(held(), budget)) {
      choke = new ChokeSignal(budget);
    }
    return choke != null && choke.mustChoke(held());
  }

  private Arrival place(PacketView packet, boolean closes) {
    long sequence = packet.sequence();
    int length = packet.payloadLength();
    if (window.isDuplicate(sequence)) {
      return Arrival.DUPLICATE;
    }
    if (window.isOutOfRange(sequence)
        || (closeSequence >= 0 && sequence > closeSequence)
        || (closes && closeSequence < 0 && sequence < window.highest())) {
      return Arrival.INVALID;
    }
    if (length > 0 && sink.abandoned()) {
      return Arrival.UNWANTED;
    }
    if (length > 0 && !hasRoom(sequence, length)) {
      return Arrival.REFUSED;
    }
    boolean endedBefore = ended();
    if (closes) {
      closeSequence = sequence;
    }
    int delivered = window.accept(sequence, packet.buffer(), packet.payloadOffset(), length, sink);
    bytesReceived += delivered;
    boolean endsNow = ended() && !endedBefore;
    if (endsNow) {
      sink.endOfStream();
    }
    return delivered > 0 || endsNow ? Arrival.READABLE : Arrival.ACCEPTED;
  }

  /** Out-of-order bytes leave an eighth of the budget to the packets that make them readable. */
  private boolean hasRoom(long sequence, int length) {
    int budget = config.receiveBudgetBytes();
    if (sequence == window.expected()) {
      return sink.unread() == 0 || held() + length <= budget;
    }
    return held() + length <= budget - budget / 8;
  }

  /** Bytes that arrived and are not read. */
  int held() {
    return sink.unread() + window.earlyBytes();
  }

  private long ackDelayNanos() {
    long delay =
        rtt.hasSample()
            ? Math.max(MIN_ACK_DELAY_NANOS, rtt.smoothedNanos() / 8)
            : UNMEASURED_ACK_DELAY_NANOS;
    long longest = interactive ? INTERACTIVE_ACK_DELAY_NANOS : config.initialAckDelayNanos();
    return Math.min(Math.min(config.initialAckDelayNanos(), longest), delay);
  }

  /** The application read: perhaps the peer may go on. */
  void onRead(long now) {
    if (choke != null && choke.mayRelease(held(), rtt.smoothedNanos())) {
      acks.demand(now);
      timers.set(Timer.UNCHOKE, now + choke.nextRepeatNanos());
    }
  }

  /** Time to say again that the peer may go on. */
  void onUnchokeTimer(long now) {
    long nanos = choke == null ? -1 : choke.nextRepeatNanos();
    if (nanos > 0) {
      acks.demand(now);
      timers.set(Timer.UNCHOKE, now + nanos);
    }
  }

  /** The stream is over: lets go of the application's side. */
  void detach() {
    sink = NoPorts.INSTANCE;
    window.clearEarly();
  }
}
