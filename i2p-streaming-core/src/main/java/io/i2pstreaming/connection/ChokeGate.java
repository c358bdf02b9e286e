package io.i2pstreaming.connection;

/**
 * The peer's word whether we may send new data: it chokes us when its buffer fills. While choked,
 * one packet may pass as a probe, or for each round trip in which the peer still acknowledges, so
 * that a stream of small packets cannot deadlock with a peer that only a large one makes speak.
 * Serves {@link SendHalf}.
 */
final class ChokeGate {
  private static final long FIRST_PROBE_NANOS = 100_000_000L;
  private static final long MAX_PROBE_NANOS = 10_000_000_000L;

  /** Of a peer that has never choked us, as most never do. Nothing in it changes. */
  static final ChokeGate OPEN = new ChokeGate();

  private boolean choked;
  private boolean credit;
  private long creditAt;
  private long probeNanos;
  private int silentProbes;
  private long chokesReceived;

  boolean isChoked() {
    return choked;
  }

  /** Whether new data may leave as far as the peer's buffer is concerned. */
  boolean isOpen() {
    return !choked || credit;
  }

  /** Whether one packet may pass although the peer choked us. */
  boolean hasCredit() {
    return choked && credit;
  }

  long chokesReceived() {
    return chokesReceived;
  }

  void choke(long now, long rtoNanos) {
    silentProbes = 0;
    if (!choked) {
      choked = true;
      credit = false;
      creditAt = now;
      chokesReceived++;
      probeNanos = Math.max(rtoNanos, FIRST_PROBE_NANOS);
    }
  }

  void unchoke() {
    choked = false;
    credit = false;
  }

  /** The peer acknowledged something new: it takes data, whatever it says. */
  void onProgress(long now, long roundTripNanos) {
    onHeard();
    if (choked && now - creditAt >= roundTripNanos) {
      credit = true;
      creditAt = now;
    }
  }

  /** The peer is alive. */
  void onHeard() {
    if (choked) {
      silentProbes = 0;
    }
  }

  /** A new packet with data left. */
  void onSent() {
    if (choked) {
      credit = false;
    }
  }

  /** Lets one packet pass as a probe. */
  void grant() {
    credit = true;
  }

  /** Counts a probe and returns how many the peer has left without any sign of life. */
  int probe() {
    return ++silentProbes;
  }

  /** How long to wait for the next probe; grows with every call. */
  long nextProbeNanos() {
    long nanos = probeNanos;
    probeNanos = Math.min(MAX_PROBE_NANOS, probeNanos * 3 / 2);
    return Math.min(MAX_PROBE_NANOS, nanos);
  }
}
