package io.i2pstreaming.endpoint;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.ConnectionStats;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * When each connection of an endpoint has its turn: which may have something to send, in the order
 * in which they will, and which wait for what moment; one that is over leaves all tables. Told by
 * {@link StreamingEndpoint} whenever something happened to a connection. Never reads a packet.
 */
final class ConnectionTurns {
  /** Packets that one connection may send before the next one has its turn. */
  static final int PACKETS_PER_TURN = 8;

  private final ConnectionTable table;
  private final PeerPaths paths;
  private final EndpointCounters counters;
  private final DeadlineHeap deadlines = new DeadlineHeap();

  /** Connections that may have something to send, in the order in which they will. */
  private final Queue<ConnectionEntry> dirty = new ArrayDeque<>();

  private final List<ConnectionEntry> due = new ArrayList<>();

  ConnectionTurns(ConnectionTable table, PeerPaths paths, EndpointCounters counters) {
    this.table = table;
    this.paths = paths;
    this.counters = counters;
  }

  /** After anything happened to a connection: it may send, wait for another moment, or be over. */
  void touch(long now, ConnectionEntry entry) {
    markDirty(entry);
    settle(now, entry);
  }

  /** Lets connections send {@code maxPackets} at most, in turn; returns how many they sent. */
  int emit(long now, EndpointOutput packets, DatagramOutput output, int maxPackets) {
    int sent = 0;
    while (sent < maxPackets && !dirty.isEmpty()) {
      ConnectionEntry entry = dirty.remove();
      if (entry.removed) {
        continue;
      }
      entry.dirty = false;
      int most = Math.min(PACKETS_PER_TURN, maxPackets - sent);
      int count = entry.connection().emit(now, packets.of(now, entry, output), most);
      sent += count;
      if (count >= most) {
        markDirty(entry);
      }
      settle(now, entry);
    }
    return sent;
  }

  /** Whether a connection may have something to send. */
  boolean hasOutput() {
    return !dirty.isEmpty();
  }

  /** Time has come to {@link #nextDeadline}; harmless when too early. */
  void onTimer(long now) {
    deadlines.takeDue(now, due);
    for (ConnectionEntry entry : due) {
      if (!entry.removed) {
        entry.connection().onTimer(now);
        touch(now, entry);
      }
    }
    due.clear();
  }

  /** The soonest deadline of a connection, or {@link Connection#NEVER}. */
  long nextDeadline() {
    return deadlines.soonest();
  }

  /** Ends every connection, without packets. */
  void abandonAll(long now, CloseReason reason) {
    for (ConnectionEntry entry : table.entries()) {
      entry.connection().abort(now, reason);
      noteEnd(now, entry);
      forget(now, entry);
    }
    dirty.clear();
  }

  private void markDirty(ConnectionEntry entry) {
    if (!entry.dirty) {
      entry.dirty = true;
      dirty.add(entry);
    }
  }

  private void settle(long now, ConnectionEntry entry) {
    Connection connection = entry.connection();
    noteEnd(now, entry);
    if (connection.isFinished()) {
      forget(now, entry);
    } else {
      table.moved(entry);
      deadlines.update(entry, connection.nextDeadline());
    }
  }

  private void forget(long now, ConnectionEntry entry) {
    entry.removed = true;
    deadlines.remove(entry);
    table.remove(now, entry);
  }

  /** The stream is over: what it taught is kept for all, and nothing of it with the connection. */
  private void noteEnd(long now, ConnectionEntry entry) {
    ConnectionStats stats = entry.connection().takeFinalStats();
    if (stats != null) {
      counters.ended(stats);
      paths.ended(now, entry.auth.remote().hash(), entry.givenPackets, stats);
    }
  }
}
