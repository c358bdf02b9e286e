package io.i2pstreaming.connection;

import io.i2pstreaming.wire.PacketView;
import org.jspecify.annotations.Nullable;

/**
 * The sending direction of a connection: cuts the source into numbered packets and says what may
 * leave next; what becomes of packets that left is the matter of {@link LossRecovery}. Serves
 * {@link Connection}, which composes the packets; calls the source only.
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

  /** From the shortest timeout to more than the longest. */
  private static final int MAX_SYN_DOUBLINGS = 8;

  private final ConnectionConfig config;
  private final TimerTable timers;
  private final RttEstimator rtt;
  private final SendWindow window;
  private ChokeGate gate = ChokeGate.OPEN;
  private final CongestionControl congestion;
  private final LossRecovery recovery;

  /** Only while a remembered window leaves. */
  private @Nullable Pacer pacer;

  private ByteSource source;

  private final int spanLimit;
  private int mtu;
  private boolean closeAfterAcks;
  private long nextOffset;
  private long flushedByTimer;
  private boolean closeSent;
  private boolean keepAliveDue;
  private int sinceAckRequest;
  private long bytesAcknowledged;

  SendHalf(
      ConnectionConfig config,
      @Nullable PathMemory memory,
      ByteSource source,
      TimerTable timers,
      RttEstimator rtt) {
    this(config, memory, source, timers, rtt, new SendWindow());
  }

  /** The same, from another first number than 0. */
  SendHalf(
      ConnectionConfig config,
      @Nullable PathMemory memory,
      ByteSource source,
      TimerTable timers,
      RttEstimator rtt,
      SendWindow window) {
    this.window = window;
    this.config = config;
    this.source = source;
    this.timers = timers;
    this.rtt = rtt;
    spanLimit = Math.max(1, Math.min(config.maxWindowPackets(), MAX_SPAN_TO_UNPROVEN));
    int first = memory == null ? config.initialWindowPackets() : memory.windowPackets();
    congestion =
        switch (config.congestionAlgorithm()) {
          case DELAY -> new DelayControl(first, spanLimit);
          case AIMD -> new AimdControl(first, spanLimit);
        };
    recovery = new LossRecovery(config.maxResends(), window, congestion, timers, rtt);
    boolean paced = memory != null && config.profile() == StreamProfile.BULK;
    pacer = paced && first > Pacer.BURST_PACKETS ? new Pacer(first, timers) : null;
    mtu = Math.min(config.maxMessageSize(), ASSUMED_MTU);
  }

  RttEstimator rtt() {
    return rtt;
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
    return nextOffset;
  }

  long bytesAcknowledged() {
    return bytesAcknowledged;
  }

  LossRecovery recovery() {
    return recovery;
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

  /** Whether a new packet may leave now; {@code established} once the peer has answered. */
  boolean newReady(boolean established) {
    return newAllowed(established)
        && (pacer == null || pacer.isOpen() || nextLength(established) == 0);
  }

  private boolean newAllowed(boolean established) {
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
        || config.profile() == StreamProfile.INTERACTIVE
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
    recovery.beforeNew(now);
    window.append(now, nextOffset, length, close);
    nextOffset += length;
    closeSent |= close;
    keepAliveDue = false;
    if (length > 0) {
      gate.onSent();
      if (pacer != null && pacer.left(now, congestion.windowPackets(), rtt)) {
        pacer = null;
      }
    }
    recovery.afterNew(now);
  }

  /** Whether the new packet just entered should be acknowledged at once. */
  boolean wantsAck(boolean established) {
    sinceAckRequest++;
    if (sinceAckRequest >= Math.max(2, congestion.windowPackets() / 4)
        || !newAllowed(established)) {
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
    if (!recovery.onAck(now, packet, isWindowLimited())) {
      return false;
    }
    release(now);
    return true;
  }

  /** The peer answered our first packet. */
  void onAnswered(long now) {
    recovery.onAnswered(now);
    release(now);
  }

  private void release(long now) {
    if (window.ackedPackets() > 0) {
      bytesAcknowledged += window.ackedBytes();
      gate.onProgress(now, rtt.hasSample() ? rtt.smoothedNanos() : rtt.baseRtoNanos());
      source.release(acknowledgedThrough());
      window.rest();
      recovery.rest();
    }
  }

  private long acknowledgedThrough() {
    return window.isEmpty() ? nextOffset : window.offset(window.lowest());
  }

  /** Bytes of the source that the peer has not acknowledged. */
  long heldBytes() {
    return source.writtenThrough() - acknowledgedThrough();
  }

  private boolean isWindowLimited() {
    return !gate.isChoked()
        && (source.writtenThrough() - nextOffset >= mtu
            || window.inFlight() + 1 >= congestion.windowPackets());
  }

  /** A packet carried a delay option. */
  void onDelayOption(long now, boolean chokes) {
    if (chokes) {
      if (gate == ChokeGate.OPEN) {
        gate = new ChokeGate();
      }
      gate.choke(now, rtt.baseRtoNanos());
    } else if (gate.isChoked()) {
      gate.unchoke();
      timers.clear(Timer.PERSIST);
      if (!window.isEmpty()) {
        recovery.afterNew(now);
      }
    }
  }

  // Timers

  void onPaceTimer(long now) {
    if (pacer != null) {
      pacer.onTimer(now, congestion.windowPackets(), rtt);
    }
  }

  void onFlushTimer() {
    flushedByTimer = source.writtenThrough();
  }

  /** The SYN was not answered in time, or the router said that it did not arrive. */
  void onSynTimer(long now) {
    recovery.timeOutLowest();
    long first = rtt.baseRtoNanos();
    long doubled = first << Math.min(window.sends(0), MAX_SYN_DOUBLINGS);
    timers.set(Timer.RETRANSMIT, now + Math.min(Math.max(MAX_SYN_RTO_NANOS, first), doubled));
  }

  /** The SYN-ACK is wanted again: the peer repeated its SYN. */
  void repeatFirst() {
    if (window.next() > 0 && window.lowest() == 0) {
      recovery.timeOutLowest();
    }
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
      recovery.timeOutLowest();
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
