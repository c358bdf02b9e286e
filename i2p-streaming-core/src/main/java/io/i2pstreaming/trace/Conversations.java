package io.i2pstreaming.trace;

import io.i2pstreaming.wire.PacketFlags;
import io.i2pstreaming.wire.PacketView;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the conversation of a packet by its stream ids, or begins one. Remembers the latest {@link
 * #MAX_CONVERSATIONS}; a stream that was forgotten begins anew, as one that the trace joins late.
 */
final class Conversations {
  static final int MAX_CONVERSATIONS = 4096;

  /** The space of port numbers from which streams without an I2P port get one. */
  private static final int DYNAMIC_PORTS = 0x8000;

  private record Key(int host, boolean ping, boolean own, int id) {}

  /** In the order of their last use. */
  private final Map<Long, Conversation> all = new LinkedHashMap<>(64, 0.75f, true);

  private final Map<Key, Conversation> byId = new HashMap<>();
  private long begun;

  /** The conversation of this packet; never null. */
  Conversation of(TracedPacket traced, PacketView packet) {
    boolean ping = packet.has(PacketFlags.ECHO);
    int sender = packet.receiveStreamId();
    int receiver = packet.sendStreamId();
    int own = traced.outbound() ? sender : receiver;
    int peer = traced.outbound() ? receiver : sender;
    if (ping) {
      // One id, chosen by who asks: as the send id in the question, the receive id in the answer.
      boolean asks = packet.sendStreamId() != 0;
      boolean ours = asks == traced.outbound();
      int id = asks ? packet.sendStreamId() : packet.receiveStreamId();
      own = ours ? id : 0;
      peer = ours ? 0 : id;
    }
    Conversation found = find(traced.host(), ping, own, peer);
    if (found == null) {
      found = begin(traced, own, peer);
      if (!ping && packet.sendStreamId() == 0) {
        // Only a stream that has just begun has packets without it: nothing came before.
        found.half(true).begin(0, 0);
        found.half(false).begin(0, 0);
      }
    }
    adopt(traced.host(), ping, found, own, peer);
    all.get(found.number);
    return found;
  }

  private @Nullable Conversation find(int host, boolean ping, int own, int peer) {
    Conversation known = own == 0 ? null : byId.get(new Key(host, ping, true, own));
    if (known != null || peer == 0) {
      return known;
    }
    Conversation candidate = byId.get(new Key(host, ping, false, peer));
    boolean other = candidate != null && own != 0 && candidate.ownId != 0;
    return other ? null : candidate;
  }

  private Conversation begin(TracedPacket traced, int own, int peer) {
    int localPort = port(traced.localPort(), own == 0 ? peer : own);
    int remotePort = port(traced.remotePort(), peer == 0 ? own : peer);
    Conversation conversation = new Conversation(begun++, traced.host(), localPort, remotePort);
    all.put(conversation.number, conversation);
    if (all.size() > MAX_CONVERSATIONS) {
      Conversation eldest = all.values().iterator().next();
      all.remove(eldest.number);
      for (boolean ping : new boolean[] {false, true}) {
        byId.remove(new Key(eldest.host, ping, true, eldest.ownId), eldest);
        byId.remove(new Key(eldest.host, ping, false, eldest.peerId), eldest);
      }
    }
    return conversation;
  }

  private void adopt(int host, boolean ping, Conversation conversation, int own, int peer) {
    if (own != 0 && conversation.ownId == 0) {
      conversation.ownId = own;
      byId.put(new Key(host, ping, true, own), conversation);
    }
    if (peer != 0 && conversation.peerId == 0) {
      conversation.peerId = peer;
      byId.put(new Key(host, ping, false, peer), conversation);
    }
  }

  private static int port(int i2pPort, int id) {
    return i2pPort != 0 ? i2pPort : DYNAMIC_PORTS | ((id ^ (id >>> 16)) & (DYNAMIC_PORTS - 1));
  }
}
