package io.i2pstreaming.endpoint;

import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.wire.PacketView;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * SYNs whose signature is verified later: more came at once than may delay the streams that are
 * open. First come, first served, at the rate of {@link SenderCheck}. What waits too long is
 * dropped, as is what finds no room; its sender repeats it.
 */
final class WaitingSyns {
  static final int MAX_SYNS = 1024;
  static final int MAX_BYTES = 1024 * 1024;

  /** Less than the time after which any initiator sends its SYN again. */
  static final long KEEP_NANOS = 3_000_000_000L;

  /** They are verified by so many, not by a wake-up each. */
  private static final int SIGNATURES_A_WAKE_UP = 8;

  private final SenderCheck senders;
  private final EndpointCounters counters;
  private final Queue<Syn> queue = new ArrayDeque<>();
  private int bytes;

  WaitingSyns(SenderCheck senders, EndpointCounters counters) {
    this.senders = senders;
    this.counters = counters;
  }

  /** Whether this one has to wait: it was taken, or it was dropped and that is counted. */
  boolean park(long now, int fromPort, int toPort, PacketView syn) {
    int cost = senders.cost(syn);
    if (queue.isEmpty() && senders.hasTimeFor(now, cost)) {
      return false;
    }
    int length = syn.length();
    if (queue.size() >= MAX_SYNS || bytes + length > MAX_BYTES) {
      counters.unverified++;
      return true;
    }
    byte[] copy = Arrays.copyOfRange(syn.buffer(), syn.offset(), syn.offset() + length);
    queue.add(new Syn(now + KEEP_NANOS, fromPort, toPort, copy, cost));
    bytes += length;
    return true;
  }

  /** Takes out the one that has waited longest; null when there is none, or no time for it yet. */
  @Nullable Syn next(long now) {
    Syn first = queue.peek();
    while (first != null && first.expiresAt <= now) {
      remove(first);
      counters.unverified++;
      first = queue.peek();
    }
    if (first == null || !senders.hasTimeFor(now, first.cost)) {
      return null;
    }
    remove(first);
    return first;
  }

  private void remove(Syn first) {
    queue.remove();
    bytes -= first.packet.length;
  }

  /** When {@link #next} is wanted, or {@link Connection#NEVER}. */
  long nextDeadline() {
    Syn first = queue.peek();
    return first == null
        ? Connection.NEVER
        : senders.whenTimeFor(Math.max(SIGNATURES_A_WAKE_UP, first.cost));
  }

  int size() {
    return queue.size();
  }

  void clear() {
    queue.clear();
    bytes = 0;
  }

  /** A SYN with the I2CP ports that it came from and to, and what its verification costs. */
  static final class Syn {
    final int fromPort;
    final int toPort;
    final byte[] packet;
    private final long expiresAt;
    private final int cost;

    private Syn(long expiresAt, int fromPort, int toPort, byte[] packet, int cost) {
      this.expiresAt = expiresAt;
      this.fromPort = fromPort;
      this.toPort = toPort;
      this.packet = packet;
      this.cost = cost;
    }
  }
}
