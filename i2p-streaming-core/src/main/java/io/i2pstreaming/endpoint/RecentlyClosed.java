package io.i2pstreaming.endpoint;

import io.i2pstreaming.connection.Connection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ids of connections that are over, so that they are not given out again and a late copy of a SYN
 * does not open its stream a second time. The oldest leave when it is full or their time is up.
 */
final class RecentlyClosed {
  static final int MAX_IDS = 1024;
  static final long KEEP_NANOS = 60_000_000_000L;

  private final Map<Integer, Closed> byOwnId = new LinkedHashMap<>();
  private final Map<PeerKey, Integer> ownIds = new HashMap<>();

  /**
   * Remembers a connection.
   *
   * @param unanswered whether it ended before the peer acknowledged our SYN-ACK
   */
  void add(long now, int ownId, @Nullable PeerKey peer, boolean unanswered) {
    if (byOwnId.size() >= MAX_IDS) {
      removeOldest();
    }
    byOwnId.put(ownId, new Closed(now + KEEP_NANOS, peer, unanswered));
    if (peer != null) {
      ownIds.put(peer, ownId);
    }
  }

  /**
   * The peer sent its SYN again: it is remembered anew, or a dialler that tries for long enough
   * would open its stream a second time. Returns whether the peer still waits for an answer.
   */
  boolean sawSynAgain(long now, PeerKey peer) {
    Integer ownId = ownIds.get(peer);
    Closed connection = ownId == null ? null : byOwnId.remove(ownId);
    if (ownId == null || connection == null) {
      return false;
    }
    add(now, ownId, peer, connection.unanswered);
    return connection.unanswered;
  }

  boolean contains(int ownId) {
    return byOwnId.containsKey(ownId);
  }

  boolean contains(PeerKey peer) {
    return ownIds.containsKey(peer);
  }

  int size() {
    return byOwnId.size();
  }

  long nextExpiry() {
    return byOwnId.isEmpty() ? Connection.NEVER : byOwnId.values().iterator().next().expiresAt;
  }

  void expire(long now) {
    while (!byOwnId.isEmpty() && nextExpiry() <= now) {
      removeOldest();
    }
  }

  private void removeOldest() {
    Iterator<Closed> oldest = byOwnId.values().iterator();
    PeerKey peer = oldest.next().peer;
    oldest.remove();
    if (peer != null) {
      ownIds.remove(peer);
    }
  }

  private record Closed(long expiresAt, @Nullable PeerKey peer, boolean unanswered) {}
}
