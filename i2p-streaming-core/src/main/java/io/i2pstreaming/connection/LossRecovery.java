package io.i2pstreaming.connection;

import io.i2pstreaming.wire.PacketView;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of packets that left: acknowledged, found lost by what the peer reports, probed for
 * when nothing comes back, timed out in the end; and what that says about congestion. Serves {@link
 * SendHalf}, which sends what this class finds lost.
 *
 * <p>RFC 8985 with the peer's list of holes in place of SACK; undo after RFC 3522.
 */
final class LossRecovery {
  /** Eight resends mean at least a minute of silence, and so in proportion. */
  private static final long SILENCE_PER_RESEND_NANOS = 7_500_000_000L;

  private static final long MAX_SILENCE_NANOS = 300_000_000_000L;

  /** The peer may have waited this long for something to acknowledge with. */
  private static final long PEER_ACK_DELAY_NANOS = 100_000_000L;

  private final int maxResends;
  private final SendWindow window;
  private final CongestionControl congestion;
  private final TimerTable timers;
  private final RttEstimator rtt;

  /** Not before something may be missing. */
  private @Nullable LossDetector losses;

  private Setbacks setbacks = Setbacks.NONE;
  private long lastProgressAt;
  private long sampleNanos;
  private long timeoutRetransmissions;
  private long fastRetransmissions;

  LossRecovery(
      int maxResends,
      SendWindow window,
      CongestionControl congestion,
      TimerTable timers,
      RttEstimator rtt) {
    this.maxResends = maxResends;
    this.window = window;
    this.congestion = congestion;
    this.timers = timers;
    this.rtt = rtt;
  }

  long timeoutRetransmissions() {
    return timeoutRetransmissions;
  }

  long fastRetransmissions() {
    return fastRetransmissions;
  }

  /** The round trip that the latest acknowledgement measured, or −1. */
  long sampleNanos() {
    return sampleNanos;
  }

  /** Since when the peer owes us an acknowledgement, or another one; not while it owes none. */
  long waitingSince() {
    return lastProgressAt;
  }

  /** Forgets what only matters while packets are in flight, if there are none. */
  void rest() {
    if (window.isEmpty()) {
      setbacks = Setbacks.NONE;
    }
  }

  /** To be written to. */
  private Setbacks setbacks() {
    if (setbacks == Setbacks.NONE) {
      setbacks = new Setbacks();
    }
    return setbacks;
  }

  // What leaves

  boolean resendReady() {
    return window.lost() > 0
        && (setbacks.forced > 0 || window.inFlight() < congestion.windowPackets());
  }

  /** A new packet is about to be entered into the window. */
  void beforeNew(long now) {
    if (window.isEmpty()) {
      lastProgressAt = now;
    }
    congestion.onSent(now, window.inFlight(), rtt.rtoNanos());
  }

  /** A new packet is entered. */
  void afterNew(long now) {
    timers.start(Timer.RETRANSMIT, now + patienceNanos());
  }

  /** Takes the lowest lost packet out of the lost ones; it leaves now. Returns its number. */
  long resend(long now) {
    long sequence = window.lowestLost();
    if (window.lostByTimeout(sequence)) {
      timeoutRetransmissions++;
    } else {
      fastRetransmissions++;
      if (sequence == window.lowest()) {
        rearm(now);
      }
    }
    congestion.onSent(now, window.inFlight(), rtt.rtoNanos());
    window.resent(now, sequence);
    if (setbacks.forced > 0) {
      setbacks.forced--;
    }
    return sequence;
  }

  // What came back

  /**
   * Takes in the ack fields of a packet.
   *
   * @param windowLimited whether the window, not the application, limits us
   * @return false when they acknowledge what was never sent
   */
  boolean onAck(long now, PacketView packet, boolean windowLimited) {
    sampleNanos = -1;
    if (!window.acknowledge(now, packet, rtt.minNanos())) {
      return false;
    }
    judgeEarlierVerdicts(now);
    absorb(now, windowLimited);
    if (window.reported() || timers.isSet(Timer.LOSS)) {
      findLosses(now);
    }
    return true;
  }

  /** The peer answered our first packet. */
  void onAnswered(long now) {
    window.clearAcked();
    window.acknowledgeFirst(now);
    absorb(now, false);
  }

  /** What was called lost and had arrived, and what a probe has mended. */
  private void judgeEarlierVerdicts(long now) {
    for (int i = 0; i < window.needless(); i++) {
      losses().onNeedless();
      setbacks().episodeNeedless++;
    }
    if (window.overtaken()) {
      losses().onReordered();
    }
    if (window.needless() > 0
        && setbacks.episodeNeedless == setbacks.episodeLosses
        && !setbacks.timedOut) {
      congestion.onFalseAlarm();
    }
    if (window.timerWasWrong()) {
      window.restoreTimedOut();
      setbacks().forced = 0;
      if (setbacks.timedOut) {
        setbacks.timedOut = false;
        congestion.onFalseAlarm();
      }
    } else if (setbacks.probed && window.mended() > 0 && window.lowest() >= setbacks.recoveryEnd) {
      // What only a probe could mend was lost, though nobody has reported it.
      congestion.onLost(window.mended());
      beginEpisode(now, window.mended());
    }
  }

  private void absorb(long now, boolean windowLimited) {
    int acked = window.ackedPackets();
    if (acked == 0) {
      return;
    }
    rtt.progress();
    takeSample();
    if (setbacks != Setbacks.NONE) {
      setbacks.timeouts = 0;
      setbacks.probed = false;
    }
    lastProgressAt = now;
    congestion.onAcked(now, acked, sampleNanos, windowLimited, rtt);
    if (window.isEmpty()) {
      timers.clear(Timer.RETRANSMIT);
    } else {
      rearm(now);
    }
  }

  /**
   * An acknowledgement that a timer's retransmission has brought about also covers packets that had
   * arrived long before; those say nothing about the path.
   */
  private void takeSample() {
    long nanos = window.sampleNanos();
    if (nanos >= 0 && window.sampleSequence() >= setbacks.samplesFrom) {
      sampleNanos = Math.max(1, nanos);
      rtt.sample(sampleNanos);
    }
  }

  private void findLosses(long now) {
    int lostBefore = window.lost();
    long askAgainAt = window.detectLosses(now, losses(), rtt);
    timers.set(Timer.LOSS, askAgainAt);
    int found = window.lost() - lostBefore;
    if (found == 0) {
      return;
    }
    congestion.onLost(found);
    if (window.highestFound() >= setbacks.recoveryEnd) {
      beginEpisode(now, found);
    } else {
      setbacks.episodeLosses += found;
    }
  }

  private LossDetector losses() {
    LossDetector detector = losses;
    if (detector == null) {
      detector = new TimeLossDetector();
      losses = detector;
    }
    return detector;
  }

  private void beginEpisode(long now, int lost) {
    Setbacks episode = setbacks();
    episode.recoveryEnd = window.next();
    episode.episodeLosses = lost;
    episode.episodeNeedless = 0;
    episode.timedOut = false;
    losses().onEpisode();
    congestion.onLossEpisode(now, window.inFlight(), rtt);
  }

  // Timers

  void onLossTimer(long now) {
    findLosses(now);
  }

  /** Starts the timer anew: something happened on which an answer may be awaited. */
  void rearm(long now) {
    timers.set(Timer.RETRANSMIT, now + patienceNanos());
  }

  /** The first wait ends in a probe, which costs little; those after it are timeouts. */
  private long patienceNanos() {
    long timeout = rtt.rtoNanos();
    return mayProbe() ? Math.min(timeout, 2 * rtt.smoothedNanos() + PEER_ACK_DELAY_NANOS) : timeout;
  }

  /** On a path that has become slower than the timeout, only patience finds that out. */
  private boolean mayProbe() {
    return rtt.hasSample() && !setbacks.probed && setbacks.timeouts == 0 && !rtt.isBackedOff();
  }

  /** The lowest packet must leave again, whatever the window says. */
  void timeOutLowest() {
    window.timeOut(window.lowest());
    noteTimeout(1);
  }

  private void noteTimeout(int packets) {
    setbacks().samplesFrom = window.next();
    setbacks.forced = packets;
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
    if (mayProbe()) {
      probe(now);
      return true;
    }
    int timeouts = ++setbacks().timeouts;
    long silence = now - lastProgressAt;
    if (silence >= MAX_SILENCE_NANOS
        || (timeouts > maxResends && silence >= maxResends * SILENCE_PER_RESEND_NANOS)) {
      return false;
    }
    if (timeouts == 1) {
      congestion.onTimeout(now, window.inFlight(), rtt);
      setbacks.recoveryEnd = window.next();
      setbacks.timedOut = true;
    }
    window.timeOutOlder(now - rtt.baseRtoNanos());
    rtt.backOff();
    noteTimeout(1);
    rearm(now);
    return true;
  }

  /**
   * Sends the first and the last packet again. The answer to the last one tells of every hole below
   * it; if only the first was lost, the wait is over.
   */
  private void probe(long now) {
    setbacks().probed = true;
    rtt.probed();
    long last = window.next() - 1;
    window.timeOut(window.lowest());
    window.timeOut(last);
    noteTimeout(last == window.lowest() ? 1 : 2);
    rearm(now);
  }
}
