package io.i2pstreaming.endpoint;

import io.i2pstreaming.connection.PacketKind;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.wire.MalformedPacketException;
import io.i2pstreaming.wire.PacketView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps what an endpoint sends. */
final class Outbox implements DatagramOutput {
  final List<Sent> packets = new ArrayList<>();

  @Override
  public boolean send(
      Destination to,
      int fromPort,
      int toPort,
      byte[] packet,
      int offset,
      int length,
      PacketKind kind,
      long nonce,
      long lifetimeNanos) {
    byte[] copy = Arrays.copyOfRange(packet, offset, offset + length);
    return packets.add(new Sent(to, fromPort, toPort, copy, kind, nonce));
  }

  /** Takes out everything that {@code from} wants to send now. */
  List<Sent> drain(StreamingEndpoint from, long now) {
    packets.clear();
    while (from.hasOutput()) {
      from.emit(now, this, 64);
    }
    return List.copyOf(packets);
  }

  static final class Sent {
    final Destination to;
    final int fromPort;
    final int toPort;
    final byte[] bytes;
    final PacketKind kind;
    final long nonce;

    Sent(Destination to, int fromPort, int toPort, byte[] bytes, PacketKind kind, long nonce) {
      this.to = to;
      this.fromPort = fromPort;
      this.toPort = toPort;
      this.bytes = bytes;
      this.kind = kind;
      this.nonce = nonce;
    }

    PacketView view() {
      try {
        return new PacketView().wrap(bytes, 0, bytes.length);
      } catch (MalformedPacketException malformed) {
        throw new AssertionError("we sent a malformed packet", malformed);
      }
    }
  }
}
