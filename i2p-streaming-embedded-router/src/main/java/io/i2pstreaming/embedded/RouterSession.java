package io.i2pstreaming.embedded;

import io.i2pstreaming.identity.Destination;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One destination that a client serves: its options, whether its leases are granted and until when,
 * and which of its messages still wait for a status. Knows no frames; told by {@link
 * ClientConnection} and {@link RouterMachine}.
 */
final class RouterSession {
  /** What RequestVariableLeaseSet promises. */
  static final long TUNNEL_LIFE_MILLIS = 600_000;

  private static final long RENEW_AFTER_NANOS = TimeUnit.MINUTES.toNanos(8);
  private static final long ANSWER_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int MAX_UNANSWERED = 6;
  private static final int MAX_AWAITED = 4096;
  private static final int MAX_OPTIONS = 1024;
  private static final int MAX_LEASES = 16;
  private static final int DEFAULT_LEASES = 2;

  final int id;
  final Destination destination;
  final ClientConnection connection;
  private final Map<String, String> options;
  private final boolean accepts;
  private final Set<Long> awaited = new LinkedHashSet<>();

  private long leaseTimer;
  private int unanswered;
  private boolean requested;
  private long leasesEndMillis = Long.MIN_VALUE;

  private long messageIds;

  /** The destination of the last message: streams send many to the same one. */
  @Nullable Destination lastTarget;

  RouterSession(int id, SessionRequest request, ClientConnection connection) {
    this.id = id;
    this.destination = request.destination();
    this.options = request.options();
    this.connection = connection;
    this.accepts = !"none".equalsIgnoreCase(options.get("i2cp.messageReliability"));
  }

  /** Takes over changed options, as long as they stay within bounds. */
  void reconfigure(Map<String, String> changes) throws RefusedException {
    options.putAll(changes);
    if (options.size() > MAX_OPTIONS) {
      throw new RefusedException("more than " + MAX_OPTIONS + " session options");
    }
  }

  /** Whether a message's acceptance is reported, not only its end. */
  boolean reportsAcceptance() {
    return accepts;
  }

  /** How many leases, that is inbound tunnels, the client wants. */
  int leaseCount() {
    String quantity = options.get("inbound.quantity");
    try {
      int wanted = quantity == null ? DEFAULT_LEASES : Integer.parseInt(quantity.trim());
      return Math.max(1, Math.min(MAX_LEASES, wanted));
    } catch (NumberFormatException e) {
      return DEFAULT_LEASES;
    }
  }

  /** Leases are being asked for now; the answer has a minute. */
  void leasesRequested(long now) {
    requested = true;
    leaseTimer = now + ANSWER_WITHIN_NANOS;
  }

  /** The client granted them; they are renewed before they end. */
  void leasesGranted(long now, long endMillis) {
    requested = false;
    unanswered = 0;
    leasesEndMillis = endMillis;
    leaseTimer = now + RENEW_AFTER_NANOS;
  }

  /** When leases have to be asked for, for the first time or again. */
  long leaseTimer() {
    return leaseTimer;
  }

  /** The timer has come: false when the client has missed too many requests. */
  boolean mayRequestAgain() {
    if (requested) {
      unanswered++;
    }
    return unanswered < MAX_UNANSWERED;
  }

  /** Whether others can reach this destination. */
  boolean reachable(long epochMillis) {
    return leasesEndMillis > epochMillis;
  }

  /**
   * An id for a message that arrives; counted per session, so that other sessions do not matter.
   */
  long nextMessageId() {
    messageIds++;
    return messageIds;
  }

  /** The end of the message with this nonce will be reported, unless too many are waiting. */
  void await(long nonce) {
    awaited.add(nonce);
    if (awaited.size() > MAX_AWAITED) {
      Iterator<Long> eldest = awaited.iterator();
      eldest.next();
      eldest.remove();
    }
  }

  /** Whether the end of this message is still to be reported; true at most once. */
  boolean ended(long nonce) {
    return awaited.remove(nonce);
  }
}
