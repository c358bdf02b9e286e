package io.i2pstreaming.endpoint;

import io.i2pstreaming.connection.PacketKind;
import io.i2pstreaming.connection.PacketOutput;
import io.i2pstreaming.wire.PacketView;
import org.jspecify.annotations.Nullable;

/**
 * Hands the packets that a connection writes to the {@link DatagramOutput}, with the connection's
 * peer and ports. One instance, lent to connection after connection.
 */
final class EndpointOutput implements PacketOutput {
  private static final int LARGEST_PACKET = 4096;

  private final DeliveryWatch deliveries;
  private final EndpointCounters counters;
  private final byte[] buffer = new byte[LARGEST_PACKET];
  private long now;
  private @Nullable ConnectionEntry entry;
  private @Nullable DatagramOutput output;
  private @Nullable PacketTap tap;
  private final PacketView tapped = new PacketView();

  EndpointOutput(DeliveryWatch deliveries, EndpointCounters counters) {
    this.deliveries = deliveries;
    this.counters = counters;
  }

  /** From now on this one sees what leaves; null is nobody. */
  void tap(@Nullable PacketTap tap) {
    this.tap = tap;
  }

  /** Lends it to a connection for one turn. */
  PacketOutput of(long now, ConnectionEntry entry, DatagramOutput output) {
    this.now = now;
    this.entry = entry;
    this.output = output;
    return this;
  }

  @Override
  public byte[] buffer() {
    return buffer;
  }

  @Override
  public void commit(int length, PacketKind kind, long lifetimeNanos) {
    ConnectionEntry from = entry;
    DatagramOutput to = output;
    if (from == null || to == null) {
      throw new IllegalStateException("a packet outside a turn");
    }
    long nonce = deliveries.nonceFor(now, from, kind);
    counters.sent.sent(kind);
    show(now, from.localPort, from.remotePort, buffer, length);
    to.send(
        from.auth.remote(),
        from.localPort,
        from.remotePort,
        buffer,
        0,
        length,
        kind,
        nonce,
        lifetimeNanos);
  }

  @Override
  public void again(int payloadBytes) {
    counters.bytesRetransmitted += payloadBytes;
  }

  /** Sends a packet that belongs to no connection; false when there is none. */
  boolean send(long now, DatagramOutput output, LoosePackets.@Nullable Loose packet) {
    if (packet == null) {
      return false;
    }
    counters.sent.sent(packet.kind);
    show(now, packet.fromPort, packet.toPort, packet.packet, packet.packet.length);
    output.send(
        packet.to,
        packet.fromPort,
        packet.toPort,
        packet.packet,
        0,
        packet.packet.length,
        packet.kind,
        0,
        LoosePackets.LIFETIME_NANOS);
    return true;
  }

  private void show(long now, int localPort, int remotePort, byte[] packet, int length) {
    PacketTap watcher = tap;
    if (watcher != null) {
      watcher.packet(now, true, localPort, remotePort, tapped.wrapAgain(packet, 0, length));
    }
  }
}
