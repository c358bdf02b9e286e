package io.i2pstreaming.endpoint;

import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.ConnectionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds connections: by our own id, which is in every packet of an established one; and, for
 * packets whose sender does not know that id yet, by the id that the peer chose, for SYNs together
 * with the peer. Never by port, because i2pd answers from others. Remembers the ids of connections
 * that are over.
 */
final class ConnectionTable {
  static final int MAX_CONNECTIONS = 65_536;

  private final EntryChains byOwnId =
      new EntryChains() {
        @Override
        int hash(ConnectionEntry entry) {
          return entry.ownId();
        }

        @Override
        @Nullable ConnectionEntry next(ConnectionEntry entry) {
          return entry.nextByOwnId;
        }

        @Override
        void next(ConnectionEntry entry, @Nullable ConnectionEntry next) {
          entry.nextByOwnId = next;
        }
      };

  private final EntryChains byPeer =
      new EntryChains() {
        @Override
        int hash(ConnectionEntry entry) {
          return Objects.hashCode(entry.peerKey);
        }

        @Override
        @Nullable ConnectionEntry next(ConnectionEntry entry) {
          return entry.nextByPeer;
        }

        @Override
        void next(ConnectionEntry entry, @Nullable ConnectionEntry next) {
          entry.nextByPeer = next;
        }
      };

  private final EntryChains byPeerId =
      new EntryChains() {
        @Override
        int hash(ConnectionEntry entry) {
          return entry.peerKey == null ? 0 : entry.peerKey.peerStreamId();
        }

        @Override
        @Nullable ConnectionEntry next(ConnectionEntry entry) {
          return entry.nextByPeerId;
        }

        @Override
        void next(ConnectionEntry entry, @Nullable ConnectionEntry next) {
          entry.nextByPeerId = next;
        }
      };

  private final RecentlyClosed closed = new RecentlyClosed();
  private @Nullable ConnectionEntry oldest;
  private @Nullable ConnectionEntry newest;
  private int size;
  private int halfOpen;

  void add(ConnectionEntry entry) {
    byOwnId.add(entry);
    append(entry);
    PeerKey peer = entry.peerKey;
    if (peer != null) {
      entry.halfOpen = true;
      halfOpen++;
      byPeer.add(entry);
      byPeerId.add(entry);
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
    byOwnId.remove(entry);
    unlink(entry);
    boolean unanswered = entry.halfOpen;
    halfOpen -= unanswered ? 1 : 0;
    entry.halfOpen = false;
    PeerKey peer = entry.peerKey;
    if (peer != null) {
      byPeer.remove(entry);
      byPeerId.remove(entry);
    }
    closed.add(now, entry.ownId(), peer, unanswered);
  }

  /** The connection that we gave this id. */
  @Nullable ConnectionEntry byOwnId(int id) {
    ConnectionEntry entry = byOwnId.first(id);
    while (entry != null && entry.ownId() != id) {
      entry = entry.nextByOwnId;
    }
    return entry;
  }

  /** The live entry of this connection, or null when it is over or another endpoint's. */
  @Nullable ConnectionEntry of(Connection connection) {
    ConnectionEntry entry = byOwnId(connection.receiveStreamId());
    return entry != null && entry.connection() == connection ? entry : null;
  }

  /** The connection that this peer's SYN opened. */
  @Nullable ConnectionEntry byPeer(PeerKey peer) {
    ConnectionEntry entry = byPeer.first(peer.hashCode());
    while (entry != null && !peer.equals(entry.peerKey)) {
      entry = entry.nextByPeer;
    }
    return entry;
  }

  /** How many incoming connections have peers that chose this id, as far as two. */
  int countByPeerId(int peerStreamId) {
    ConnectionEntry first = matching(byPeerId.first(peerStreamId), peerStreamId);
    if (first == null) {
      return 0;
    }
    return matching(first.nextByPeerId, peerStreamId) == null ? 1 : 2;
  }

  /**
   * An incoming connection whose peer chose this id: the only one, but for a rare coincidence or
   * malice.
   */
  @Nullable ConnectionEntry byPeerId(int peerStreamId) {
    return matching(byPeerId.first(peerStreamId), peerStreamId);
  }

  private static @Nullable ConnectionEntry matching(
      @Nullable ConnectionEntry from, int peerStreamId) {
    ConnectionEntry entry = from;
    while (entry != null
        && (entry.peerKey == null || entry.peerKey.peerStreamId() != peerStreamId)) {
      entry = entry.nextByPeerId;
    }
    return entry;
  }

  /** Whether the id is in use or was until recently. */
  boolean knows(int ownId) {
    return byOwnId(ownId) != null || closed.contains(ownId);
  }

  RecentlyClosed closed() {
    return closed;
  }

  /** The live connections, oldest first; a copy. */
  List<ConnectionEntry> entries() {
    List<ConnectionEntry> entries = new ArrayList<>(size);
    for (ConnectionEntry entry = oldest; entry != null; entry = entry.newer) {
      entries.add(entry);
    }
    return entries;
  }

  private void append(ConnectionEntry entry) {
    entry.older = newest;
    if (newest == null) {
      oldest = entry;
    } else {
      newest.newer = entry;
    }
    newest = entry;
    size++;
  }

  private void unlink(ConnectionEntry entry) {
    if (entry.older == null) {
      oldest = entry.newer;
    } else {
      entry.older.newer = entry.newer;
    }
    if (entry.newer == null) {
      newest = entry.older;
    } else {
      entry.newer.older = entry.older;
    }
    entry.older = null;
    entry.newer = null;
    size--;
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size >= MAX_CONNECTIONS;
  }
}
