package io.i2pstreaming.loop;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.i2cp.I2cpClient;
import io.i2pstreaming.identity.Destination;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns names into destinations, and makes those wait who come before the session is up. Remembers
 * answers of the router for a while; knows its own destination's name without asking. Loop thread
 * only.
 */
final class Resolver {
  /** Who may wait at once. */
  static final int MAX_WAITING = 1024;

  /** Names remembered, the least recently used one goes first. */
  static final int MAX_REMEMBERED = 256;

  /** How long a name is remembered: address books and destinations change seldom. */
  static final long REMEMBER_NANOS = 300_000_000_000L;

  /** Longest that one question to the router may take; those who wait have limits of their own. */
  private static final long LOOKUP_NANOS = 60_000_000_000L;

  /** One who waits: for the session while {@code lookupId} is 0, else for the router's answer. */
  private static final class Waiting {
    final @Nullable Destination destination;
    final String name;
    final long deadline;
    final Resolution resolution;
    long lookupId;

    Waiting(@Nullable Destination destination, String name, long deadline, Resolution resolution) {
      this.destination = destination;
      this.name = name;
      this.deadline = deadline;
      this.resolution = resolution;
    }
  }

  private record Remembered(Destination destination, long until) {}

  private final Destination own;
  private final List<Waiting> waiting = new ArrayList<>();
  private final Map<String, Remembered> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  private @Nullable Session session;
  private @Nullable String hopeless;
  private CloseReason hopelessReason = CloseReason.ROUTER_LOST;
  private String sessionDetail = "the session with the router is not up yet";
  private long lastLookupId;

  Resolver(Destination own) {
    this.own = own;
  }

  /**
   * Finds a destination and a session to reach it by.
   *
   * @param destination the destination if it is known, so that only the session is waited for
   * @param deadline when to give up, or NEVER
   */
  void resolve(
      long now,
      @Nullable Destination destination,
      String name,
      long deadline,
      Resolution resolution) {
    if (hopeless != null) {
      resolution.unresolved(hopelessReason, hopeless);
      return;
    }
    waiting.removeIf(entry -> entry.resolution.abandoned());
    if (waiting.size() >= MAX_WAITING) {
      resolution.unresolved(
          CloseReason.UNREACHABLE, "too many connects and lookups wait for the router already");
      return;
    }
    advance(now, new Waiting(destination, name, deadline, resolution));
  }

  /** Takes one as far as it gets: to its end, or among those who wait. */
  private void advance(long now, Waiting entry) {
    Session router = session;
    if (router == null) {
      waiting.add(entry);
      return;
    }
    Destination known = entry.destination == null ? known(now, entry.name) : entry.destination;
    if (known != null) {
      entry.resolution.resolved(now, known);
      return;
    }
    long asked = askedFor(entry.name);
    waiting.add(entry);
    if (asked != 0) {
      entry.lookupId = asked;
      return;
    }
    entry.lookupId = ++lastLookupId;
    router.lookup(now, entry.lookupId, entry.name, LOOKUP_NANOS);
  }

  /** The question about this name that the router has not answered yet, or 0. */
  private long askedFor(String name) {
    for (Waiting entry : waiting) {
      if (entry.lookupId != 0 && entry.name.equals(name)) {
        return entry.lookupId;
      }
    }
    return 0;
  }

  private @Nullable Destination known(long now, String name) {
    if (name.equals(own.base32())) {
      return own;
    }
    Remembered found = remembered.get(name);
    if (found == null || found.until - now < 0) {
      remembered.remove(name);
      return null;
    }
    return found.destination;
  }

  /** The router's answer, for everybody who asked for that name. */
  void lookedUp(long now, long lookupId, @Nullable Destination destination) {
    for (Waiting entry : takeAll(lookupId)) {
      if (destination == null) {
        entry.resolution.unresolved(
            CloseReason.UNREACHABLE, "the router knows no destination of this name");
      } else {
        remembered.put(entry.name, new Remembered(destination, now + REMEMBER_NANOS));
        entry.resolution.resolved(now, destination);
      }
    }
  }

  private List<Waiting> takeAll(long lookupId) {
    List<Waiting> answered = new ArrayList<>();
    for (Iterator<Waiting> entries = waiting.iterator(); entries.hasNext(); ) {
      Waiting entry = entries.next();
      if (entry.lookupId == lookupId) {
        entries.remove();
        answered.add(entry);
      }
    }
    return answered;
  }

  /** Streams can be made; everybody who waited for that goes on. */
  void sessionUp(long now, Session router) {
    session = router;
    hopeless = null;
    for (Waiting entry : takeAll()) {
      advance(now, entry);
    }
  }

  /** The session is gone: questions will be asked again in the next one. */
  void sessionDown(String reason) {
    session = null;
    sessionDetail = reason;
    for (Waiting entry : waiting) {
      entry.lookupId = 0;
    }
  }

  /** There will be no session: present and later ones fail. */
  void fail(CloseReason reason, String detail) {
    session = null;
    hopeless = detail;
    hopelessReason = reason;
    for (Waiting entry : takeAll()) {
      entry.resolution.unresolved(reason, detail);
    }
  }

  private List<Waiting> takeAll() {
    List<Waiting> all = new ArrayList<>(waiting);
    waiting.clear();
    return all;
  }

  /** Gives up what waited too long. */
  void onTimer(long now) {
    for (Waiting entry : takeAll()) {
      if (entry.resolution.abandoned()) {
        continue;
      }
      if (entry.deadline != I2cpClient.NEVER && entry.deadline - now <= 0) {
        giveUp(entry);
      } else {
        waiting.add(entry);
      }
    }
  }

  private void giveUp(Waiting entry) {
    if (session == null) {
      entry.resolution.unresolved(CloseReason.ROUTER_LOST, sessionDetail);
    } else {
      entry.resolution.unresolved(
          CloseReason.CONNECT_TIMEOUT, "the router did not find the destination in time");
    }
  }

  /** When {@link #onTimer} is wanted next, or NEVER. */
  long nextDeadline() {
    long next = I2cpClient.NEVER;
    for (Waiting entry : waiting) {
      next = Math.min(next, entry.deadline);
    }
    return next;
  }
}
