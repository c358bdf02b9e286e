package io.i2pstreaming.loop;

import io.i2pstreaming.i2cp.I2cpClient;
import io.i2pstreaming.i2cp.LookupName;
import io.i2pstreaming.i2cp.PayloadSession;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.Hash;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session that the application lends: its payloads, lookups and end, brought to the loop thread.
 * There is no second attempt: when the application's session is over, so is this one. The two
 * methods of the receiver belong to any thread, the rest to the loop's.
 */
final class BorrowedSession implements Session, PayloadSession.Receiver {
  /** Bytes that may wait for the loop before payloads are dropped. */
  static final int MAX_BYTES = 4 << 20;

  /** What a payload costs beside its content. */
  private static final int OVERHEAD = 64;

  /** Payloads handled in one turn before other work gets its chance. */
  private static final int PAYLOADS_PER_TURN = 512;

  private static final Logger log = LoggerFactory.getLogger(BorrowedSession.class);

  private static final class Payload {
    final int protocol;
    final int fromPort;
    final int toPort;
    final byte[] bytes;

    Payload(int protocol, int fromPort, int toPort, byte[] bytes) {
      this.protocol = protocol;
      this.fromPort = fromPort;
      this.toPort = toPort;
      this.bytes = bytes;
    }
  }

  private final PayloadSession session;
  private final Mailbox mailbox;
  private final Runnable wake;
  private final Junction owner;
  private final ConcurrentLinkedQueue<Payload> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingBytes = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();
  private volatile @Nullable String closedBecause;

  /** When to give up each name that was asked for. Limited by those whom the resolver lets wait. */
  private final Map<Long, Long> lookups = new LinkedHashMap<>();

  private boolean borrowed;
  private boolean open;

  /** How many bytes waited when the loop looked. */
  private int seenBytes;

  /** Whether the session is to be announced in the next turn. */
  private boolean announce;

  private boolean toldOfFailure;

  BorrowedSession(PayloadSession session, Mailbox mailbox, Runnable wake, Junction owner) {
    this.session = session;
    this.mailbox = mailbox;
    this.wake = wake;
    this.owner = owner;
  }

  @Override
  public void received(int protocol, int fromPort, int toPort, byte[] payload) {
    int cost = payload.length + OVERHEAD;
    if (closedBecause != null || waitingBytes.addAndGet(cost) > MAX_BYTES) {
      if (closedBecause == null) {
        waitingBytes.addAndGet(-cost);
        dropped.incrementAndGet();
      }
      return;
    }
    waiting.add(new Payload(protocol, fromPort, toPort, payload));
    wake.run();
  }

  @Override
  public void closed(String reason) {
    if (closedBecause == null) {
      closedBecause = reason;
    }
    wake.run();
  }

  @Override
  public void connect() {
    owner.connecting();
    announce = true;
    wake.run();
  }

  @Override
  public void look() {
    seenBytes = waitingBytes.get();
  }

  @Override
  public boolean turn(long now) {
    if (announce) {
      announce = false;
      announce(now);
    }
    int handled = 0;
    while (open && handled < PAYLOADS_PER_TURN && seenBytes > 0) {
      Payload next = waiting.poll();
      if (next == null) {
        break;
      }
      int cost = next.bytes.length + OVERHEAD;
      waitingBytes.addAndGet(-cost);
      seenBytes -= cost;
      owner.payload(
          now, next.protocol, next.fromPort, next.toPort, next.bytes, 0, next.bytes.length);
      handled++;
    }
    expire(now);
    String reason = closedBecause;
    if (open && reason != null && waiting.isEmpty()) {
      owner.sessionDown(now, "the application's session has ended: " + reason, false);
    }
    return handled == PAYLOADS_PER_TURN;
  }

  private void announce(long now) {
    try {
      if (!borrowed) {
        borrowed = true;
        session.open(this);
      }
      open = true;
      // Whoever lends a session knows no router's clock; the host's has to do.
      owner.clockSet(now, System.currentTimeMillis());
      owner.sessionUp(now);
    } catch (IOException | RuntimeException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      owner.sessionDown(now, "the application's session cannot be used: " + why, false);
    }
  }

  private void expire(long now) {
    for (Iterator<Map.Entry<Long, Long>> entries = lookups.entrySet().iterator();
        entries.hasNext(); ) {
      Map.Entry<Long, Long> entry = entries.next();
      if (entry.getValue() - now <= 0) {
        entries.remove();
        owner.lookedUp(now, entry.getKey(), null);
      }
    }
  }

  @Override
  public long nextDeadline() {
    long next = I2cpClient.NEVER;
    for (long deadline : lookups.values()) {
      next = Math.min(next, deadline);
    }
    return next;
  }

  @Override
  public boolean hasInput() {
    return announce || (open && (!waiting.isEmpty() || closedBecause != null));
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public String routerVersion() {
    return "";
  }

  @Override
  public void up(long now) {
    // There is nothing to count: a borrowed session is opened once.
  }

  @Override
  public void reconfigure(long now, Map<String, String> changes, Reconfiguration whoever) {
    whoever.done("the options of the application's session are the application's affair");
  }

  @Override
  public void reconfigured(boolean taken) {
    // Nobody asked.
  }

  @Override
  public boolean send(
      long now,
      Destination to,
      int protocol,
      int fromPort,
      int toPort,
      byte[] payload,
      int offset,
      int length,
      boolean compress,
      long nonce,
      long lifetimeNanos,
      boolean bundleLeaseSet) {
    if (!open) {
      return false;
    }
    byte[] copy = Arrays.copyOfRange(payload, offset, offset + length);
    try {
      return session.send(to, protocol, fromPort, toPort, copy);
    } catch (IOException | RuntimeException e) {
      if (!toldOfFailure) {
        // Once only: the next packets are likely to meet the same.
        toldOfFailure = true;
        log.warn("The application's session does not send: {}", e.toString());
      }
      return false;
    }
  }

  @Override
  public void lookup(long now, long lookupId, String name, long timeoutNanos) {
    LookupName parsed = LookupName.of(name);
    if (!open || parsed.refusal() != null) {
      owner.lookedUp(now, lookupId, null);
      return;
    }
    Hash hash = parsed.hash();
    lookups.put(lookupId, now + timeoutNanos);
    try {
      session.lookup(
          parsed.name(), found -> mailbox.post(when -> answered(when, lookupId, hash, found)));
    } catch (RuntimeException e) {
      log.debug("The application's session does not look up names", e);
      mailbox.post(when -> answered(when, lookupId, hash, null));
    }
  }

  private void answered(long now, long lookupId, @Nullable Hash hash, @Nullable Destination found) {
    if (lookups.remove(lookupId) != null) {
      // Like a router, it is not believed when it answers a b32 name with another destination.
      boolean right = found != null && (hash == null || hash.equals(found.hash()));
      owner.lookedUp(now, lookupId, right ? found : null);
    }
  }

  @Override
  public void flush() {
    // Every payload was sent when it was made.
  }

  @Override
  public String attributed(String reason) {
    return reason;
  }

  @Override
  public long ended(long now, boolean retryable) {
    open = false;
    lookups.clear();
    if (retryable) {
      // An error of ours: the application's session is as good as before.
      announce = true;
      return 0;
    }
    return -1;
  }

  @Override
  public void stop(long now) {
    open = false;
    announce = false;
    lookups.clear();
    if (borrowed) {
      try {
        session.close();
      } catch (RuntimeException e) {
        log.debug("The application's session failed when it was given back", e);
      }
    }
  }

  @Override
  public long dropped() {
    return dropped.get();
  }
}
