package io.i2pstreaming.endpoint;

import static io.i2pstreaming.wire.PacketFlags.CLOSE;
import static io.i2pstreaming.wire.PacketFlags.ECHO;
import static io.i2pstreaming.wire.PacketFlags.NO_ACK;
import static io.i2pstreaming.wire.PacketFlags.RESET;
import static io.i2pstreaming.wire.PacketFlags.SYNCHRONIZE;

import io.i2pstreaming.connection.PacketKind;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.wire.PacketView;
import io.i2pstreaming.wire.PacketWriter;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Writes and queues the packets that belong to no connection: answers to refused SYNs, pings and
 * pongs. A full queue drops, because each of these can be asked for again.
 *
 * <p>Streaming specification, "RESET" and "Ping/Pong".
 */
final class LoosePackets {
  static final int MAX_QUEUED = 128;
  static final int MAX_ECHO_PAYLOAD = 32;
  static final long LIFETIME_NANOS = 30_000_000_000L;
  private static final int LARGEST = 4096;

  /** Payload that every peer takes. */
  private static final int SMALLEST_MESSAGE = 512;

  private static final byte[] NO_PAYLOAD = new byte[0];

  private final Queue<Loose> queue = new ArrayDeque<>();
  private final PacketWriter writer = new PacketWriter();
  private final byte[] scratch = new byte[LARGEST];

  /** Refuses the SYN of the stream that the peer calls {@code peerStreamId}; false when full. */
  boolean reset(long now, RemoteAuth peer, int fromPort, int toPort, int peerStreamId) {
    if (!peer.canSign(now)) {
      return false;
    }
    writer.begin(scratch, peerStreamId, 0, 0, 0).flags(0, RESET);
    sign(peer, NO_PAYLOAD);
    return queue(peer.remote(), fromPort, toPort, PacketKind.RESET);
  }

  /**
   * Refuses a SYN by a rule: with RESET, or with a text that is the whole stream. Either names us,
   * because the peer need not know our key yet. The id is ours and belongs to nothing: it need not
   * be remembered, because a packet to an id that we do not know is never answered.
   */
  boolean refusal(
      long now,
      RemoteAuth peer,
      int fromPort,
      int toPort,
      PacketView syn,
      int ownStreamId,
      byte @Nullable [] text) {
    if (!peer.canSign(now)) {
      return false;
    }
    writer.begin(scratch, syn.receiveStreamId(), ownStreamId, 0, 0);
    writer.flags(0, text == null ? RESET : SYNCHRONIZE | CLOSE).from(peer.localDestination());
    if (text != null) {
      writer.maxPacketSize(SMALLEST_MESSAGE);
    }
    byte[] offline = peer.offlineBlock();
    if (offline != null) {
      writer.offline(offline);
    }
    int most = syn.maxPacketSize() > 0 ? syn.maxPacketSize() : SMALLEST_MESSAGE;
    byte[] payload = text == null ? NO_PAYLOAD : text;
    sign(peer, payload.length > most ? Arrays.copyOf(payload, most) : payload);
    PacketKind kind = text == null ? PacketKind.RESET : PacketKind.SYN_ACK;
    return queue(peer.remote(), fromPort, toPort, kind);
  }

  /** Asks for an echo; the id is ours and comes back in the pong. */
  boolean ping(long now, RemoteAuth peer, int fromPort, int toPort, int pingId, byte[] payload) {
    if (!peer.canSign(now)) {
      return false;
    }
    writer.begin(scratch, pingId, 0, 0, 0).flags(0, ECHO | NO_ACK).from(peer.localDestination());
    byte[] offline = peer.offlineBlock();
    if (offline != null) {
      writer.offline(offline);
    }
    sign(peer, payload);
    return queue(peer.remote(), fromPort, toPort, PacketKind.PING);
  }

  /** Answers a ping, at most its first 32 bytes. */
  boolean pong(
      long now, RemoteAuth peer, int fromPort, int toPort, int peerPingId, byte[] payload) {
    if (!peer.canSign(now)) {
      return false;
    }
    writer.begin(scratch, 0, peerPingId, 0, 0).flags(0, ECHO | NO_ACK);
    sign(peer, payload);
    return queue(peer.remote(), fromPort, toPort, PacketKind.PONG);
  }

  /** The next packet to send, or null. */
  @Nullable Loose poll() {
    return queue.poll();
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  void clear() {
    queue.clear();
  }

  private void sign(RemoteAuth peer, byte[] payload) {
    writer.signature(peer.signatureLength()).endOptions();
    System.arraycopy(payload, 0, scratch, writer.length(), payload.length);
    int length = writer.payload(payload.length);
    peer.sign(scratch, 0, length, writer.signatureOffset());
  }

  private boolean queue(Destination to, int fromPort, int toPort, PacketKind kind) {
    if (queue.size() >= MAX_QUEUED) {
      return false;
    }
    byte[] packet = Arrays.copyOf(scratch, writer.length());
    return queue.add(new Loose(to, fromPort, toPort, packet, kind));
  }

  /** A finished packet on its way out. */
  static final class Loose {
    final Destination to;
    final int fromPort;
    final int toPort;
    final byte[] packet;
    final PacketKind kind;

    Loose(Destination to, int fromPort, int toPort, byte[] packet, PacketKind kind) {
      this.to = to;
      this.fromPort = fromPort;
      this.toPort = toPort;
      this.packet = packet;
      this.kind = kind;
    }
  }
}
