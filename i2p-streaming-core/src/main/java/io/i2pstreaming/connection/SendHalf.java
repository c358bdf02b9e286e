package io.i2pstreaming.connection;

import io.i2pstreaming.wire.PacketView;

/**
 * The sending direction of a connection: cuts the source into numbered packets, keeps them until
 * they are acknowledged, finds the lost ones, and says what may leave next. Serves {@link
 * Connection}, which composes the packets; calls the source only.
 */
final class SendHalf {
  /** A Java receiver with an idle reader takes 124 packets of 1812 bytes. */
  private static final int MAX_SPAN_TO_UNPROVEN = 124;

  /** A Java initiator drops higher numbers that come before the SYN-ACK; we do not send them. */
  static final int PACKETS_BEFORE_ANSWER = 3;

  private static final int MIN_MTU = 512;
  private static final int ASSUMED_MTU = 1730;
  private static final long PASSIVE_FLUSH_NANOS = 20_000_000L;
  private static final long MAX_SYN_RTO_NANOS = 15_000_000_000L;

  /** Eight resends mean at least a minute of silence, and so in proportion. */
  private static final long SILENCE_PER_RESEND_NANOS = 7_500_000_000L;

  private static final long MAX_SILENCE_NANOS = 300_000_000_000L;

  private final ConnectionConfig config;
  private final TimerTable timers;
  private final RttEstimator rtt;
  private final SendWindow window = new SendWindow();
  private final ChokeGate gate = new ChokeGate();
  private final CongestionControl congestion;
  private final LossDetector losses = new NackLossDetector();
  private ByteSource source;

  private final int spanLimit;
  private int mtu;
  private boolean closeAfterAcks;
  private long nextOffset;
  private long flushedByTimer;
  private boolean closeSent;
  private boolean keepAliveDue;
  private boolean forced;
  private long recoveryEnd;
  private int episodeLosses;
  private int episodeNeedless;
  private int timeouts;
  private long synRtoNanos;
  private long lastProgressAt;
  private long samplesFrom;
  private long sampleNanos;
  private int sinceAckRequest;
  private long bytesSent;
  private long bytesAcknowledged;
  private long timeoutRetransmissions;
  private long fastRetransmissions;

  SendHalf(ConnectionConfig config, ByteSource source, TimerTable timers, RttEstimator rtt) {
    this.config = config;
    this.source = source;
    this.timers = timers;
    this.rtt = rtt;
    spanLimit = Math.max(1, Math.min(config.maxWindowPackets(), MAX_SPAN_TO_UNPROVEN));
    congestion =
        switch (config.congestionAlgorithm()) {
          case DELAY -> new DelayControl(config.initialWindowPackets(), spanLimit);
          case AIMD -> new AimdControl(config.initialWindowPackets(), spanLimit);
        };
    mtu = Math.min(config.maxMessageSize(), ASSUMED_MTU);
    synRtoNanos = rtt.baseRtoNanos();
  }

  SendWindow window() {
    return window;
  }

  ChokeGate gate() {
    return gate;
  }

  int windowPackets() {
    return congestion.windowPackets();
  }

  long bytesSent() {
    return bytesSent;
  }

  long bytesAcknowledged() {
    return bytesAcknowledged;
  }

  long timeoutRetransmissions() {
    return timeoutRetransmissions;
  }

  long fastRetransmissions() {
    return fastRetransmissions;
  }

  ByteSource source() {
    return source;
  }

  boolean closeSent() {
    return closeSent;
  }

  /** Whether our CLOSE, and so everything, is acknowledged. */
  boolean closeAcknowledged() {
    return closeSent && window.isEmpty();
  }

  /** Whether nothing is unacknowledged but a CLOSE without data. */
  boolean onlyCloseIsOpen() {
    return window.span() == 1
        && window.closes(window.lowest())
        && window.length(window.lowest()) == 0;
  }

  /** The peer's first packet is in. */
  void negotiate(PacketView first) {
    int announced = first.maxPacketSize();
    int peer = announced < 0 ? ASSUMED_MTU : Math.max(MIN_MTU, announced);
    mtu = Math.min(config.maxMessageSize(), peer);
    closeAfterAcks = PeerQuirks.forgetsOnClose(first);
  }

  // What may leave

  boolean resendReady() {
    return window.lost() > 0 && (forced || window.inFlight() < congestion.windowPackets());
  }

  /** Whether a new packet may leave now; {@code established} once the peer has answered. */
  boolean newReady(boolean established) {
    int length = nextLength(established);
    if (length < 0 || window.span() >= spanLimit) {
      return false;
    }
    if (!established && window.next() >= PACKETS_BEFORE_ANSWER) {
      return false;
    }
    return length == 0
        || (gate.isOpen() && (gate.hasCredit() || window.inFlight() < congestion.windowPackets()));
  }

  /** Payload bytes of the next new packet, or −1 when there is none to send. */
  private int nextLength(boolean established) {
    if (closeSent) {
      return -1;
    }
    long waiting = source.writtenThrough() - nextOffset;
    if (waiting >= mtu) {
      return mtu;
    }
    if (waiting > 0) {
      return tailMayLeave() ? (int) waiting : -1;
    }
    boolean close = established && source.finished() && (!closeAfterAcks || window.isEmpty());
    return close || (established && keepAliveDue && window.isEmpty()) ? 0 : -1;
  }

  private boolean tailMayLeave() {
    return window.isEmpty()
        || source.finished()
        || source.flushedThrough() > nextOffset
        || flushedByTimer > nextOffset
        || gate.hasCredit();
  }

  private boolean tailIsHeld() {
    long waiting = source.writtenThrough() - nextOffset;
    return !closeSent && waiting > 0 && waiting < mtu && !tailMayLeave();
  }

  /** Whether the application waits for something that only a packet can bring about. */
  private boolean hasBusiness() {
    return !window.isEmpty() || source.writtenThrough() > nextOffset;
  }

  /** Enters the first packet, with as much data as {@code limit} and the source allow. */
  void sendFirst(long now, int limit, boolean mayClose) {
    int length = (int) Math.min(source.writtenThrough(), Math.min(limit, mtu));
    boolean last = source.finished() && length == source.writtenThrough();
    append(now, length, mayClose && last && !closeAfterAcks);
  }

  /** Enters the next new packet; {@link #newReady} said yes. Returns its number. */
  long sendNew(long now, boolean established) {
    int length = nextLength(established);
    boolean last = source.finished() && nextOffset + length == source.writtenThrough();
    boolean close = established && last && (!closeAfterAcks || (length == 0 && window.isEmpty()));
    append(now, length, close);
    return window.next() - 1;
  }

  private void append(long now, int length, boolean close) {
    if (window.isEmpty()) {
      lastProgressAt = now;
    }
    congestion.onSent(now, window.inFlight(), rtt.rtoNanos());
    window.append(now, nextOffset, length, close);
    nextOffset += length;
    bytesSent += length;
    closeSent |= close;
    keepAliveDue = false;
    if (length > 0) {
      gate.onSent();
    }
    timers.start(Timer.RETRANSMIT, now + rtoNanos());
  }

  /** Takes the lowest lost packet out of the lost ones; it leaves now. Returns its number. */
  long resend(long now) {
    long sequence = window.lowestLost();
    if (window.lostByTimeout(sequence)) {
      timeoutRetransmissions++;
    } else {
      fastRetransmissions++;
      if (sequence == window.lowest()) {
        timers.set(Timer.RETRANSMIT, now + rtoNanos());
      }
    }
    congestion.onSent(now, window.inFlight(), rtt.rtoNanos());
    window.resent(now, sequence);
    forced = false;
    return sequence;
  }

  /** Whether the new packet just entered should be acknowledged at once. */
  boolean wantsAck(boolean established) {
    sinceAckRequest++;
    if (sinceAckRequest >= Math.max(2, congestion.windowPackets() / 4) || !newReady(established)) {
      sinceAckRequest = 0;
      return true;
    }
    return false;
  }

  void keepAlive() {
    keepAliveDue = true;
  }

  // What came back

  /**
   * Takes in the ack fields of a packet.
   *
   * @return false when they acknowledge what was never sent
   */
  boolean onAck(long now, PacketView packet) {
    boolean limited = isWindowLimited();
    sampleNanos = -1;
    if (!window.acknowledge(now, packet, rtt.minNanos())) {
      return false;
    }
    noteNeedless();
    absorb(now, limited);
    if (window.reported() || timers.isSet(Timer.LOSS)) {
      findLosses(now);
    }
    return true;
  }

  private void noteNeedless() {
    for (int i = 0; i < window.needless(); i++) {
      losses.onNeedless();
      episodeNeedless++;
    }
    if (window.needless() > 0 && episodeNeedless == episodeLosses) {
      congestion.onFalseAlarm();
    }
  }

  /** The peer answered our first packet. */
  void onAnswered(long now) {
    window.clearAcked();
    window.acknowledgeFirst(now);
    absorb(now, false);
  }

  /** The round trip that the latest acknowledgement measured, or −1. */
  long sampleNanos() {
    return sampleNanos;
  }

  private boolean isWindowLimited() {
    return !gate.isChoked()
        && (source.writtenThrough() - nextOffset >= mtu
            || window.inFlight() + 1 >= congestion.windowPackets());
  }

  private void absorb(long now, boolean limited) {
    int acked = window.ackedPackets();
    if (acked == 0) {
      return;
    }
    bytesAcknowledged += window.ackedBytes();
    rtt.progress();
    takeSample();
    timeouts = 0;
    lastProgressAt = now;
    congestion.onAcked(now, acked, sampleNanos, limited, rtt);
    gate.onProgress(now, rtt.hasSample() ? rtt.smoothedNanos() : rtt.baseRtoNanos());
    source.release(window.isEmpty() ? nextOffset : window.offset(window.lowest()));
    if (window.isEmpty()) {
      timers.clear(Timer.RETRANSMIT);
    } else {
      timers.set(Timer.RETRANSMIT, now + rtoNanos());
    }
  }

  /**
   * An acknowledgement that a timer's retransmission has brought about also covers packets that had
   * arrived long before; those say nothing about the path.
   */
  private void takeSample() {
    long nanos = window.sampleNanos();
    if (nanos >= 0 && window.sampleSequence() >= samplesFrom) {
      sampleNanos = Math.max(1, nanos);
      rtt.sample(sampleNanos);
    }
  }

  private void timeOutLowest() {
    window.timeOutLowest();
    noteTimeout();
  }

  private void noteTimeout() {
    samplesFrom = window.next();
    forced = true;
  }

  private void findLosses(long now) {
    int lostBefore = window.lost();
    long askAgainAt = window.detectLosses(now, losses, rtt);
    timers.set(Timer.LOSS, askAgainAt);
    int found = window.lost() - lostBefore;
    congestion.onLost(found);
    episodeLosses += found;
    if (found > 0 && window.highestFound() >= recoveryEnd) {
      recoveryEnd = window.next();
      episodeLosses = found;
      episodeNeedless = 0;
      congestion.onLossEpisode(now, window.inFlight(), rtt);
    }
  }

  /** A packet carried a delay option. */
  void onDelayOption(long now, boolean chokes) {
    if (chokes) {
      gate.choke(now, rtt.baseRtoNanos());
    } else if (gate.isChoked()) {
      gate.unchoke();
      timers.clear(Timer.PERSIST);
      if (!window.isEmpty()) {
        timers.start(Timer.RETRANSMIT, now + rtoNanos());
      }
    }
  }

  // Timers

  void onLossTimer(long now) {
    findLosses(now);
  }

  void onFlushTimer() {
    flushedByTimer = source.writtenThrough();
  }

  /** The SYN was not answered in time, or the router said that it did not arrive. */
  void onSynTimer(long now) {
    timeOutLowest();
    synRtoNanos = Math.min(Math.max(MAX_SYN_RTO_NANOS, rtt.baseRtoNanos()), 2 * synRtoNanos);
    timers.set(Timer.RETRANSMIT, now + synRtoNanos);
  }

  /** The SYN-ACK is wanted again: the peer repeated its SYN. */
  void repeatFirst() {
    if (window.next() > 0 && window.lowest() == 0) {
      timeOutLowest();
    }
  }

  /**
   * The oldest packet was not acknowledged in time.
   *
   * @return false when the peer must be taken for gone
   */
  boolean onRetransmitTimer(long now) {
    if (window.isEmpty()) {
      return true;
    }
    timeouts++;
    long silence = now - lastProgressAt;
    if (silence >= MAX_SILENCE_NANOS
        || (timeouts > config.maxResends()
            && silence >= config.maxResends() * SILENCE_PER_RESEND_NANOS)) {
      return false;
    }
    if (timeouts == 1) {
      congestion.onTimeout(now, window.inFlight(), rtt);
      recoveryEnd = window.next();
    }
    window.timeOut(now - rtt.baseRtoNanos());
    rtt.backOff();
    noteTimeout();
    timers.set(Timer.RETRANSMIT, now + rtoNanos());
    return true;
  }

  /**
   * We are choked: asks by sending whether we still are.
   *
   * @return false when the peer must be taken for gone
   */
  boolean onPersistTimer(long now) {
    if (!gate.isChoked() || !hasBusiness()) {
      return true;
    }
    if (gate.probe() > Math.max(1, config.maxResends())) {
      return false;
    }
    if (window.isEmpty()) {
      gate.grant();
    } else {
      timeOutLowest();
    }
    timers.set(Timer.PERSIST, now + gate.nextProbeNanos());
    return true;
  }

  /** A sign of life while choked. */
  void onHeard() {
    gate.onHeard();
  }

  /** Starts and stops the timers that follow from the state of things. */
  void settle(long now) {
    if (tailIsHeld()) {
      timers.start(Timer.FLUSH, now + PASSIVE_FLUSH_NANOS);
    } else {
      timers.clear(Timer.FLUSH);
    }
    if (gate.isChoked() && hasBusiness()) {
      timers.clear(Timer.RETRANSMIT);
      if (!timers.isSet(Timer.PERSIST)) {
        timers.set(Timer.PERSIST, now + gate.nextProbeNanos());
      }
    } else {
      timers.clear(Timer.PERSIST);
    }
  }

  private long rtoNanos() {
    return rtt.rtoNanos();
  }

  /** After this long a copy of a packet is of no use. */
  long lifetimeNanos() {
    return Math.max(10_000_000_000L, Math.min(60_000_000_000L, 2 * rtt.rtoNanos()));
  }

  /** The stream is over: lets go of the application's side. */
  void detach() {
    source = NoPorts.INSTANCE;
    closeSent = true;
  }
}
