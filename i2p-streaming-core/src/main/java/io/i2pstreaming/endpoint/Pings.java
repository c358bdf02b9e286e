package io.i2pstreaming.endpoint;

import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.wire.PacketView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Echo requests outside connections: those we sent and wait for, and those of peers, which are
 * answered at a limited rate. A pong is matched by its id alone, because i2pd does not sign its
 * pongs; a ping must carry its sender's destination and a valid signature.
 *
 * <p>Streaming specification, "Ping/Pong".
 */
final class Pings {
  static final int MAX_PENDING = 64;
  private static final int PONGS_AT_ONCE = 32;
  private static final long NANOS_PER_PONG = 50_000_000L;

  private final LocalIdentity local;
  private final LoosePackets output;
  private final EndpointCounters counters;
  private final SenderCheck senders;
  private final AdmissionPolicy policy;
  private final boolean answer;
  private final TokenBucket pongs = new TokenBucket(PONGS_AT_ONCE, NANOS_PER_PONG);
  private final Map<Integer, Pending> pending = new LinkedHashMap<>();

  Pings(
      LocalIdentity local,
      LoosePackets output,
      EndpointCounters counters,
      SenderCheck senders,
      AdmissionPolicy policy,
      boolean answer) {
    this.local = local;
    this.output = output;
    this.counters = counters;
    this.senders = senders;
    this.policy = policy;
    this.answer = answer;
  }

  /** Sends a ping; a listener that cannot be served is told at once. */
  void send(
      long now,
      int id,
      Destination peer,
      int localPort,
      int remotePort,
      byte[] payload,
      long timeoutNanos,
      PingListener listener) {
    RemoteAuth auth = new RemoteAuth(local, peer);
    if (pending.size() >= MAX_PENDING
        || !output.ping(now, auth, localPort, remotePort, id, payload)) {
      listener.timedOut();
      return;
    }
    pending.put(id, new Pending(listener, now, now + timeoutNanos));
  }

  /**
   * Takes in a packet with the ECHO flag.
   *
   * @param within the connection whose id a ping carries instead of one of its own, or null
   */
  void onEcho(
      long now, int fromPort, int toPort, PacketView packet, @Nullable ConnectionEntry within) {
    if (packet.sendStreamId() != 0) {
      answer(now, fromPort, toPort, packet, within);
      return;
    }
    Pending asked = pending.remove(packet.receiveStreamId());
    if (asked == null) {
      counters.unknownStream++;
      return;
    }
    asked.listener.pong(now - asked.sentAt, echoed(packet));
  }

  private void answer(
      long now, int fromPort, int toPort, PacketView packet, @Nullable ConnectionEntry within) {
    if (!answer || !pongs.available(now)) {
      return;
    }
    RemoteAuth peer = senders.verified(now, packet);
    if (peer == null) {
      return;
    }
    Refusal refusal = judge(now, peer.remote(), within);
    if (refusal != null) {
      counters.refusedPing(refusal.reason);
      return;
    }
    if (pongs.take(now)
        && output.pong(
            now,
            peer,
            /* fromPort= */ toPort,
            /* toPort= */ fromPort,
            packet.sendStreamId(),
            echoed(packet))) {
      counters.pingsAnswered++;
    }
  }

  /** Who has a stream open was admitted with it; nobody else may ping by its id. */
  private @Nullable Refusal judge(long now, Destination peer, @Nullable ConnectionEntry within) {
    if (within == null) {
      return policy.judgePing(now, peer.hash());
    }
    return within.auth.remote().equals(peer) ? null : Refusal.SILENT_ACCESS;
  }

  private static byte[] echoed(PacketView packet) {
    int start = packet.payloadOffset();
    int length = Math.min(packet.payloadLength(), LoosePackets.MAX_ECHO_PAYLOAD);
    return Arrays.copyOfRange(packet.buffer(), start, start + length);
  }

  boolean contains(int id) {
    return pending.containsKey(id);
  }

  int pending() {
    return pending.size();
  }

  long nextDeadline() {
    long soonest = Connection.NEVER;
    for (Pending ping : pending.values()) {
      soonest = Math.min(soonest, ping.deadline);
    }
    return soonest;
  }

  void expire(long now) {
    List<Pending> late = new ArrayList<>();
    for (Iterator<Pending> all = pending.values().iterator(); all.hasNext(); ) {
      Pending ping = all.next();
      if (ping.deadline <= now) {
        all.remove();
        late.add(ping);
      }
    }
    late.forEach(ping -> ping.listener.timedOut());
  }

  /** Gives up on every ping. */
  void abandonAll() {
    List<Pending> all = new ArrayList<>(pending.values());
    pending.clear();
    all.forEach(ping -> ping.listener.timedOut());
  }

  private record Pending(PingListener listener, long sentAt, long deadline) {}
}
