package io.i2pstreaming.connection;

/**
 * What we tell the peer about our own buffer: to stop when it is half full, to go on when three
 * quarters of it are free again. The other half takes the window that is on its way when the peer
 * hears that, so that a peer who obeys never sends what we must refuse. The end of a choke is
 * repeated until data comes, because the packet that says so is not acknowledged. Serves {@link
 * ReceiveHalf}.
 */
final class ChokeSignal {
  /** Above 60000 as Java wants it, and not 61000, which makes i2pd slow down for good. */
  private static final int CHOKE_DELAY_MILLIS = 60_010;

  private static final long FIRST_REPEAT_NANOS = 50_000_000L;
  private static final long MAX_REPEAT_NANOS = 5_000_000_000L;
  private static final int MAX_REPEATS = 20;

  private final int budgetBytes;
  private boolean choking;
  private boolean releasing;
  private int repeats;
  private long repeatNanos;
  private long chokesSent;

  ChokeSignal(int budgetBytes) {
    this.budgetBytes = budgetBytes;
  }

  /** Whether so much is held that a peer must be asked to stop. */
  static boolean isCrowded(int heldBytes, int budgetBytes) {
    return heldBytes >= budgetBytes / 2;
  }

  long chokesSent() {
    return chokesSent;
  }

  /** Looks at the bytes held; returns whether we must now ask the peer to stop. */
  boolean mustChoke(int heldBytes) {
    if (choking || !isCrowded(heldBytes, budgetBytes)) {
      return false;
    }
    choking = true;
    releasing = false;
    chokesSent++;
    return true;
  }

  /** Looks at the bytes held; returns whether the peer may now be told to go on. */
  boolean mayRelease(int heldBytes, long roundTripNanos) {
    if (!choking || heldBytes > budgetBytes / 4) {
      return false;
    }
    choking = false;
    releasing = true;
    repeats = 0;
    repeatNanos =
        roundTripNanos > 0 ? Math.max(1_000_000L, roundTripNanos / 2) : FIRST_REPEAT_NANOS;
    return true;
  }

  /** New data came: the peer has understood. Returns whether there was a repeat to stop. */
  boolean onData() {
    boolean was = releasing;
    releasing = false;
    return was;
  }

  /** How long until the release is said again, or −1 when it was said often enough. */
  long nextRepeatNanos() {
    if (!releasing || repeats >= MAX_REPEATS) {
      return -1;
    }
    repeats++;
    long nanos = repeatNanos;
    repeatNanos = Math.min(MAX_REPEAT_NANOS, 2 * repeatNanos);
    return nanos;
  }

  /**
   * The delay that every packet must carry now, or {@code otherwise}. A peer that was ever choked
   * is told with every packet that it no longer is: data that arrive after the release may have
   * left before it was heard, so they prove nothing.
   */
  int delayMillis(int otherwise) {
    if (choking) {
      return CHOKE_DELAY_MILLIS;
    }
    return chokesSent > 0 ? 0 : otherwise;
  }
}
