package io.i2pstreaming.endpoint;

import io.i2pstreaming.connection.ConnectionConfig;
import io.i2pstreaming.connection.ConnectionStats;
import io.i2pstreaming.connection.PathMemory;
import io.i2pstreaming.identity.Hash;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the streams to each peer found out about its path, for new ones to start with. Each stream
 * gets half of the remembered window that no open one was given, so that many together start hardly
 * faster than one (RFC 9040). Kept ten minutes, about as long as tunnels live; at most 1024 peers.
 * Serves {@link StreamingEndpoint}; never shared with another destination.
 */
final class PeerPaths {
  static final int MAX_PEERS = 1024;
  static final long KEEP_NANOS = 600_000_000_000L;
  private static final int FULL_PACKET_BYTES = 1024;

  private final PathSharing sharing;

  /** The one that was renewed first is first. */
  private final Map<Hash, Remembered> byPeer = new LinkedHashMap<>();

  private final Map<Hash, Open> open = new HashMap<>();

  PeerPaths(PathSharing sharing) {
    this.sharing = sharing;
  }

  /** A stream to the peer begins; returns what it starts with, or null. {@link #ended} follows. */
  @Nullable PathMemory begun(long now, Hash peer, ConnectionConfig config) {
    if (!sharing.enabled()) {
      return null;
    }
    Open streams = open.computeIfAbsent(peer, hash -> new Open());
    streams.count++;
    Remembered path = byPeer.get(peer);
    if (path == null || path.expiresAt <= now) {
      return null;
    }
    int initial = config.initialWindowPackets();
    int window = path.windowPackets > 0 ? (int) path.windowPackets : initial;
    int free = Math.max(0, Math.min(config.maxWindowPackets(), window) - streams.givenPackets);
    int share = Math.max(Math.min(initial, window), free / 2);
    streams.givenPackets += share;
    return new PathMemory((long) path.roundTripNanos, (long) path.varianceNanos, share);
  }

  /** A stream to the peer is over that was given a first window of so many packets, or 0. */
  void ended(long now, Hash peer, int firstWindowPackets, ConnectionStats stats) {
    if (!sharing.enabled()) {
      return;
    }
    open.computeIfPresent(peer, (hash, streams) -> streams.ended(firstWindowPackets));
    if (stats.smoothedRttNanos() <= 0) {
      return;
    }
    Remembered former = byPeer.remove(peer);
    Remembered path = former == null || former.expiresAt <= now ? new Remembered() : former;
    path.renew(stats, sharing);
    path.expiresAt = now + KEEP_NANOS;
    if (byPeer.size() >= MAX_PEERS) {
      Iterator<Remembered> oldest = byPeer.values().iterator();
      oldest.next();
      oldest.remove();
    }
    byPeer.put(peer, path);
  }

  /** What a stream was given of the remembered window; 0 when there was none. */
  static int given(@Nullable PathMemory memory) {
    return memory == null ? 0 : memory.windowPackets();
  }

  /** Peers that are remembered. */
  int size() {
    return byPeer.size();
  }

  private static final class Open {
    private int count;
    private int givenPackets;

    /** One fewer; null when there is none left. */
    @Nullable Open ended(int givenPackets) {
      this.givenPackets -= givenPackets;
      count--;
      return count == 0 ? null : this;
    }
  }

  private static final class Remembered {
    private double roundTripNanos = -1;
    private double varianceNanos = -1;
    private double windowPackets = -1;
    private long expiresAt;

    void renew(ConnectionStats stats, PathSharing sharing) {
      roundTripNanos =
          mixed(roundTripNanos, (double) stats.smoothedRttNanos(), sharing.rttDampening());
      varianceNanos =
          mixed(varianceNanos, (double) stats.rttVarianceNanos(), sharing.varianceDampening());
      // Who never filled the window knows nothing of it.
      if (stats.bytesAcknowledged() > (long) FULL_PACKET_BYTES * stats.windowPackets()) {
        windowPackets = mixed(windowPackets, stats.windowPackets(), sharing.windowDampening());
      }
    }

    private static double mixed(double former, double present, double dampening) {
      return former < 0 ? present : dampening * former + (1 - dampening) * present;
    }
  }
}
