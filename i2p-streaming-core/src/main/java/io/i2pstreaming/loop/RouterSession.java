package io.i2pstreaming.loop;

import io.i2pstreaming.i2cp.I2cpClient;
import io.i2pstreaming.i2cp.SessionConfig;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.link.RouterLink;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The session with the router across its losses: one link and one {@link I2cpClient} at a time,
 * always with the same destination, and the wait between them. Opening a link takes seconds, so a
 * thread of its own does that, one per attempt. Everything else is for the loop thread only.
 */
final class RouterSession implements Session {
  /** Router bytes handled in one turn before other work gets its chance. */
  private static final long BYTES_PER_TURN = 512L * 1024;

  /**
   * A refusal that no retry cures is retried this often after the same settings have worked: the
   * router may still hold the session that we lost.
   */
  private static final int REFUSALS_AFTER_SUCCESS = 8;

  private static final String STOPPED = "the stream manager is closed";

  private final String name;
  private final List<RouterAddress> routers;
  private final DestinationKeys keys;
  private final LiveOptions options;
  private final RandomGenerator random;
  private final Mailbox mailbox;
  private final Runnable wake;
  private final Junction owner;
  private final Backoff backoff;
  private final AtomicLong dropped = new AtomicLong();

  private @Nullable RouterLink link;
  private @Nullable Inbound inbound;

  /** How much of it had come when the loop looked. */
  private long seen;

  private @Nullable Outbound outbound;
  private @Nullable I2cpClient client;

  /** What the present client asked for. */
  private SessionConfig used;

  /** When the next attempt begins; NEVER while one is under way or none is wanted. */
  private long retryAt = I2cpClient.NEVER;

  private boolean connecting;
  private boolean stopped;
  private boolean worked;
  private int refusals;

  /** Which router the present or next attempt is for. */
  private int turn;

  /** Whether the session of the present link was open. */
  private boolean wasUp;

  /** Routers that, since the first of them was tried, refused for a reason that no retry cures. */
  private int hopeless;

  RouterSession(
      LoopSettings settings, RouterAddress router, Mailbox mailbox, Runnable wake, Junction owner) {
    this.name = settings.name();
    this.routers = router.alternatives();
    this.keys = settings.keys();
    this.options = new LiveOptions(settings.session());
    this.used = settings.session();
    this.random = settings.random();
    this.mailbox = mailbox;
    this.wake = wake;
    this.owner = owner;
    this.backoff = new Backoff(settings.random());
  }

  /** Begins an attempt, on a thread that ends with it. */
  @Override
  public void connect() {
    retryAt = I2cpClient.NEVER;
    connecting = true;
    owner.connecting();
    RouterLink next = routers.get(turn).newLink();
    Inbound receiver = new Inbound(dropped, wake);
    Thread connector = new Thread(() -> open(next, receiver), name + "-connector");
    connector.setDaemon(true);
    connector.start();
  }

  /** Body of the connector thread. */
  private void open(RouterLink next, Inbound receiver) {
    try {
      next.open(receiver);
      if (!mailbox.post(now -> opened(now, next, receiver))) {
        // The loop ended meanwhile, and nobody else knows of this link.
        next.close();
      }
    } catch (IOException | RuntimeException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      mailbox.post(now -> unreachable(now, why));
    }
  }

  private void opened(long now, RouterLink opened, Inbound receiver) {
    connecting = false;
    if (stopped) {
      opened.close();
      return;
    }
    link = opened;
    inbound = receiver;
    outbound = new Outbound(opened);
    try {
      used = options.wanted();
      client = new I2cpClient(used, keys, random, outbound, owner);
      client.onLinkOpen(now);
    } catch (IllegalArgumentException e) {
      owner.sessionDown(now, "the session's settings do not fit: " + e.getMessage(), false);
    }
  }

  private void unreachable(long now, String why) {
    connecting = false;
    if (!stopped) {
      String where = routers.size() > 1 ? "" : " at " + routers.get(turn).describe();
      owner.sessionDown(now, "cannot connect to the router" + where + ": " + why, true);
    }
  }

  @Override
  public boolean turn(long now) {
    boolean more = pump(now);
    checkLink(now);
    onTimer(now);
    return more;
  }

  @Override
  public void look() {
    seen = inbound == null ? 0 : Math.min(inbound.waiting(), BYTES_PER_TURN);
  }

  /** Hands the router's bytes to the client; true when there are more than one turn takes. */
  private boolean pump(long now) {
    long handled = 0;
    while (client != null && inbound != null && handled < seen) {
      byte[] chunk = inbound.poll();
      if (chunk == null) {
        return false;
      }
      client.onBytes(now, chunk, 0, chunk.length);
      handled += Inbound.cost(chunk);
    }
    return handled >= BYTES_PER_TURN;
  }

  /** Tells the client of a link that broke. */
  private void checkLink(long now) {
    if (client == null || inbound == null || outbound == null) {
      return;
    }
    IOException failure = outbound.failure();
    String cause =
        failure == null ? inbound.closedBecause() : "writing failed: " + failure.getMessage();
    if (cause != null) {
      client.onLinkClosed(now, cause);
    }
  }

  /**
   * Drops the link. Then either plans the next attempt and returns the wait, or returns −1. Whoever
   * lost an open session waits and begins with the first router; else the next one is tried at
   * once, and when all have failed, the round is repeated after a wait.
   */
  @Override
  public long ended(long now, boolean retryable) {
    drop();
    boolean lost = wasUp;
    wasUp = false;
    if (!lost) {
      if (!retryable && (!worked || ++refusals > REFUSALS_AFTER_SUCCESS * routers.size())) {
        hopeless++;
      }
      turn = (turn + 1) % routers.size();
      if (turn != 0) {
        retryAt = now;
        return 0;
      }
      if (hopeless == routers.size()) {
        options.fail("there is no session with the router any more");
        return -1;
      }
    }
    turn = 0;
    hopeless = 0;
    long wait = backoff.nextNanos();
    retryAt = now + wait;
    return wait;
  }

  /** The reason with the router's address, when there are several. */
  @Override
  public String attributed(String reason) {
    return routers.size() == 1 ? reason : routers.get(turn).describe() + ": " + reason;
  }

  /** The session is open. */
  @Override
  public void reconfigure(long now, Map<String, String> changes, Reconfiguration whoever) {
    if (stopped) {
      whoever.done(STOPPED);
    } else {
      options.change(now, changes, whoever, client);
    }
  }

  @Override
  public void reconfigured(boolean taken) {
    options.answered(taken);
  }

  @Override
  public String routerVersion() {
    return client == null ? "" : client.routerVersion();
  }

  @Override
  public void up(long now) {
    worked = true;
    wasUp = true;
    refusals = 0;
    backoff.reset();
    if (client != null) {
      options.up(now, client, used);
    }
  }

  /** Ends the session for good, politely if there is one. */
  @Override
  public void stop(long now) {
    stopped = true;
    options.fail(STOPPED);
    retryAt = I2cpClient.NEVER;
    if (client != null) {
      client.close(now);
    }
    drop();
  }

  private void drop() {
    options.down();
    if (outbound != null) {
      outbound.flush();
    }
    if (link != null) {
      link.close();
    }
    link = null;
    inbound = null;
    outbound = null;
    client = null;
  }

  /** One write for everything that the turn produced. */
  @Override
  public void flush() {
    if (outbound != null) {
      outbound.flush();
    }
  }

  private void onTimer(long now) {
    if (!connecting && retryAt != I2cpClient.NEVER && retryAt - now <= 0) {
      connect();
    }
    options.onTimer(now);
    if (client != null && client.nextDeadline() <= now) {
      client.onTimer(now);
    }
  }

  @Override
  public long nextDeadline() {
    return Math.min(options.nextDeadline(), client == null ? retryAt : client.nextDeadline());
  }

  @Override
  public boolean isOpen() {
    return client != null;
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
    return client != null
        && client.send(
            now,
            to,
            protocol,
            fromPort,
            toPort,
            payload,
            offset,
            length,
            compress,
            nonce,
            lifetimeNanos,
            bundleLeaseSet);
  }

  @Override
  public void lookup(long now, long lookupId, String name, long timeoutNanos) {
    if (client == null) {
      owner.lookedUp(now, lookupId, null);
    } else {
      client.lookup(now, lookupId, name, timeoutNanos);
    }
  }

  /** Whether the link has something for {@link #pump} or {@link #checkLink}. */
  @Override
  public boolean hasInput() {
    return inbound != null && !inbound.isEmpty();
  }

  /** Payloads dropped because the loop did not keep up. */
  @Override
  public long dropped() {
    return dropped.get();
  }
}
