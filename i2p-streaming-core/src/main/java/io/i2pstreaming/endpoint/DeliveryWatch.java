package io.i2pstreaming.endpoint;

import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.DeliveryOutcome;
import io.i2pstreaming.connection.PacketKind;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which packet was sent under which nonce, for those whose fate the router is asked: every SYN, and
 * of the rest at most one packet of a connection per round trip. A router may never answer, so
 * nonces expire. What it asks comes to an end exactly once: delivered, failed or expired.
 */
final class DeliveryWatch {
  static final int MAX_NONCES = 1024;
  static final long KEEP_NANOS = 60_000_000_000L;
  private static final long LEAST_SAMPLE_INTERVAL_NANOS = 1_000_000_000L;
  private static final long MAX_NONCE = 0xffff_ffffL;

  private final EndpointCounters counters;
  private final Map<Long, Asked> byNonce = new LinkedHashMap<>();
  private long lastNonce;

  DeliveryWatch(EndpointCounters counters) {
    this.counters = counters;
  }

  /** The nonce for a packet that is about to leave; 0 when its fate is not asked. */
  long nonceFor(long now, ConnectionEntry entry, PacketKind kind) {
    boolean sampled = kind == PacketKind.DATA && now >= entry.nextSampleAt;
    if (kind != PacketKind.SYN && !sampled) {
      return 0;
    }
    if (sampled) {
      long roundTrip = entry.connection().stats().smoothedRttNanos();
      entry.nextSampleAt = now + Math.max(LEAST_SAMPLE_INTERVAL_NANOS, roundTrip);
    }
    if (byNonce.size() >= MAX_NONCES) {
      removeOldest();
    }
    lastNonce = lastNonce == MAX_NONCE ? 1 : lastNonce + 1;
    byNonce.put(lastNonce, new Asked(entry, now));
    counters.messagesAsked++;
    return lastNonce;
  }

  /**
   * Counts the router's answer; returns the connection to tell, or null when there is none any
   * more.
   */
  @Nullable ConnectionEntry answered(long now, long nonce, DeliveryOutcome outcome) {
    Asked asked = byNonce.remove(nonce);
    if (asked == null) {
      return null;
    }
    switch (outcome) {
      case DELIVERED -> counters.messageDelivered(now - asked.sentAt);
      case EXPIRED -> counters.messagesExpired++;
      case SOFT_FAILURE, NO_LEASE_SET, HARD_FAILURE -> counters.messagesFailed++;
    }
    return asked.entry.removed ? null : asked.entry;
  }

  long nextExpiry() {
    return byNonce.isEmpty()
        ? Connection.NEVER
        : byNonce.values().iterator().next().sentAt + KEEP_NANOS;
  }

  void expire(long now) {
    while (!byNonce.isEmpty() && nextExpiry() <= now) {
      removeOldest();
    }
  }

  /** The router that was asked is gone. */
  void clear() {
    counters.messagesExpired += byNonce.size();
    byNonce.clear();
  }

  private void removeOldest() {
    Iterator<Asked> oldest = byNonce.values().iterator();
    oldest.next();
    oldest.remove();
    counters.messagesExpired++;
  }

  private record Asked(ConnectionEntry entry, long sentAt) {}
}
