package io.i2pstreaming.endpoint;

import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.wire.PacketView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Packets that overtook the SYN of their connection, kept for a short while under the id that the
 * peer chose. Nothing about them is verified, so all of it is bounded; what does not fit is dropped
 * and comes again by retransmission.
 */
final class EarlyPackets {
  static final int MAX_PACKETS_PER_ID = 8;
  static final int MAX_BYTES_PER_ID = 16 * 1024;
  static final int MAX_BYTES = 256 * 1024;
  static final int MAX_IDS = 256;
  static final long KEEP_NANOS = 10_000_000_000L;

  private final Map<Integer, Parked> byPeerId = new LinkedHashMap<>();
  private int packets;
  private int bytes;

  /** Keeps a copy; false when there is no room. */
  boolean park(long now, PacketView packet) {
    int length = packet.length();
    Parked parked = byPeerId.get(packet.receiveStreamId());
    if (bytes + length > MAX_BYTES || (parked == null && byPeerId.size() >= MAX_IDS)) {
      return false;
    }
    if (parked == null) {
      parked = new Parked(now + KEEP_NANOS);
      byPeerId.put(packet.receiveStreamId(), parked);
    }
    if (parked.packets.size() >= MAX_PACKETS_PER_ID || parked.bytes + length > MAX_BYTES_PER_ID) {
      return false;
    }
    parked.packets.add(
        Arrays.copyOfRange(packet.buffer(), packet.offset(), packet.offset() + length));
    parked.bytes += length;
    packets++;
    bytes += length;
    return true;
  }

  /** Takes out what came for this id, in order of arrival. */
  List<byte[]> take(int peerStreamId) {
    Parked parked = byPeerId.remove(peerStreamId);
    if (parked == null) {
      return List.of();
    }
    forget(parked);
    return parked.packets;
  }

  int packets() {
    return packets;
  }

  /** Ids leave in the order in which they came, so the first is always the next to expire. */
  long nextExpiry() {
    return byPeerId.isEmpty() ? Connection.NEVER : byPeerId.values().iterator().next().expiresAt;
  }

  void expire(long now) {
    Iterator<Parked> oldest = byPeerId.values().iterator();
    while (oldest.hasNext()) {
      Parked parked = oldest.next();
      if (parked.expiresAt > now) {
        return;
      }
      oldest.remove();
      forget(parked);
    }
  }

  void clear() {
    byPeerId.clear();
    packets = 0;
    bytes = 0;
  }

  private void forget(Parked parked) {
    packets -= parked.packets.size();
    bytes -= parked.bytes;
  }

  private static final class Parked {
    final long expiresAt;
    final List<byte[]> packets = new ArrayList<>(2);
    int bytes;

    Parked(long expiresAt) {
      this.expiresAt = expiresAt;
    }
  }
}
