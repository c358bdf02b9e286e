package io.i2pstreaming.connection;

/**
 * When an acknowledgement must leave: at once when the peer asks or something is missing, else
 * after a few packets or a short delay, hoping for data to ride on. Serves {@link ReceiveHalf}.
 */
final class AckPolicy {
  private static final int PACKETS_PER_ACK = 4;

  /** While the peer's window is small, it needs more acks to grow. */
  private static final int PACKETS_PER_ACK_AT_START = 2;

  private static final int START_PACKETS = 16;

  private long dueAt = Connection.NEVER;
  private boolean eager;
  private int unacknowledged;
  private int seen;

  /** When the next bare acknowledgement is due, or {@link Connection#NEVER}. */
  long dueAt() {
    return dueAt;
  }

  /** From now on every second packet is acknowledged. */
  void eager() {
    eager = true;
  }

  /** An acknowledgement must leave now. */
  void demand(long now) {
    dueAt = Math.min(dueAt, now);
  }

  /**
   * A numbered packet arrived.
   *
   * @param requestedMillis the delay that it asks for, or −1
   * @param delayNanos how long we like to wait otherwise
   */
  void onNumbered(long now, boolean urgent, int requestedMillis, long delayNanos) {
    unacknowledged++;
    seen = Math.min(START_PACKETS + 1, seen + 1);
    int perAck = eager || seen <= START_PACKETS ? PACKETS_PER_ACK_AT_START : PACKETS_PER_ACK;
    if (urgent || requestedMillis == 0 || unacknowledged >= perAck) {
      demand(now);
      return;
    }
    long delay =
        requestedMillis > 0 ? Math.min(delayNanos, requestedMillis * 1_000_000L) : delayNanos;
    dueAt = Math.min(dueAt, now + delay);
  }

  /**
   * A packet with valid ack fields left.
   *
   * @param againAt when the same must be said again, or {@link Connection#NEVER}
   */
  void onAcknowledged(long againAt) {
    dueAt = againAt;
    unacknowledged = 0;
  }
}
