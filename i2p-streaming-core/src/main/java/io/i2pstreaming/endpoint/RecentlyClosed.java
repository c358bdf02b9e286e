package io.i2pstreaming.endpoint;

import io.i2pstreaming.connection.Connection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ids of connections that are over, so that they are not given out again and a late copy of a SYN
 * does not open its stream a second time. The oldest leave when it is full or their time is up.
 */
final class RecentlyClosed {
  static final int MAX_IDS = 1024;
  static final long KEEP_NANOS = 60_000_000_000L;

  private final Map<Integer, Closed> byOwnId = new LinkedHashMap<>();
  private final Set<PeerKey> peers = new HashSet<>();

  void add(long now, int ownId, @Nullable PeerKey peer) {
    if (byOwnId.size() >= MAX_IDS) {
      removeOldest();
    }
    byOwnId.put(ownId, new Closed(now + KEEP_NANOS, peer));
    if (peer != null) {
      peers.add(peer);
    }
  }

  boolean contains(int ownId) {
    return byOwnId.containsKey(ownId);
  }

  boolean contains(PeerKey peer) {
    return peers.contains(peer);
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
      peers.remove(peer);
    }
  }

  private record Closed(long expiresAt, @Nullable PeerKey peer) {}
}
