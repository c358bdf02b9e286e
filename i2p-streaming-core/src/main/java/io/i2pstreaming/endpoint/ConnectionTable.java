package io.i2pstreaming.endpoint;

import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.ConnectionState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds connections: by our own id, which is in every packet of an established one; and, for
 * packets whose sender does not know that id yet, by the id that the peer chose, for SYNs together
 * with the peer. Never by port, because i2pd answers from others. Remembers the ids of connections
 * that are over.
 */
final class ConnectionTable {
  static final int MAX_CONNECTIONS = 65_536;

  private final Map<Integer, ConnectionEntry> byOwnId = new LinkedHashMap<>();
  private final Map<PeerKey, ConnectionEntry> byPeer = new HashMap<>();
  private final Map<Integer, List<ConnectionEntry>> byPeerId = new HashMap<>();
  private final RecentlyClosed closed = new RecentlyClosed();
  private int halfOpen;

  void add(ConnectionEntry entry) {
    byOwnId.put(entry.connection().receiveStreamId(), entry);
    PeerKey peer = entry.peerKey;
    if (peer != null) {
      entry.halfOpen = true;
      halfOpen++;
      byPeer.put(peer, entry);
      byPeerId.computeIfAbsent(peer.peerStreamId(), id -> new ArrayList<>(1)).add(entry);
    }
  }

  /** The connection may have left its handshake behind. */
  void moved(ConnectionEntry entry) {
    if (entry.halfOpen && entry.connection().state() != ConnectionState.SYN_RECEIVED) {
      entry.halfOpen = false;
      halfOpen--;
    }
  }

  /** Connections that peers opened and whose SYN-ACK nobody has acknowledged yet. */
  int halfOpen() {
    return halfOpen;
  }

  void remove(long now, ConnectionEntry entry) {
    int ownId = entry.connection().receiveStreamId();
    byOwnId.remove(ownId);
    boolean unanswered = entry.halfOpen;
    halfOpen -= unanswered ? 1 : 0;
    entry.halfOpen = false;
    PeerKey peer = entry.peerKey;
    if (peer != null) {
      byPeer.remove(peer);
      byPeerId.computeIfPresent(
          peer.peerStreamId(),
          (id, entries) -> entries.remove(entry) && entries.isEmpty() ? null : entries);
    }
    closed.add(now, ownId, peer, unanswered);
  }

  /** The connection that we gave this id. */
  @Nullable ConnectionEntry byOwnId(int id) {
    return byOwnId.get(id);
  }

  /** The live entry of this connection, or null when it is over or another endpoint's. */
  @Nullable ConnectionEntry of(Connection connection) {
    ConnectionEntry entry = byOwnId.get(connection.receiveStreamId());
    return entry != null && entry.connection() == connection ? entry : null;
  }

  /** The connection that this peer's SYN opened. */
  @Nullable ConnectionEntry byPeer(PeerKey peer) {
    return byPeer.get(peer);
  }

  /**
   * The incoming connections whose peers chose this id: one, but for a rare coincidence or malice.
   */
  List<ConnectionEntry> byPeerId(int peerStreamId) {
    return byPeerId.getOrDefault(peerStreamId, List.of());
  }

  /** Whether the id is in use or was until recently. */
  boolean knows(int ownId) {
    return byOwnId.containsKey(ownId) || closed.contains(ownId);
  }

  RecentlyClosed closed() {
    return closed;
  }

  /** The live connections, oldest first. */
  Collection<ConnectionEntry> entries() {
    return byOwnId.values();
  }

  int size() {
    return byOwnId.size();
  }

  boolean isFull() {
    return byOwnId.size() >= MAX_CONNECTIONS;
  }
}
