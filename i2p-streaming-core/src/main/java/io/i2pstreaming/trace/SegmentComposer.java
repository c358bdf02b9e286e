package io.i2pstreaming.trace;

import io.i2pstreaming.wire.PacketFlags;
import io.i2pstreaming.wire.PacketView;
import java.util.Arrays;

/**
 * Says a streaming packet in TCP: numbers of packets become offsets of bytes, NACKs become
 * selective acknowledgements, a choke becomes a window of zero. A ping becomes an ICMP echo.
 */
final class SegmentComposer {
  private static final int OPEN_WINDOW = 0xffff;
  private static final long[] NONE = new long[0];

  private SegmentComposer() {}

  /** Whether the packet has a place among the bytes of its stream. */
  private static boolean isNumbered(PacketView packet) {
    return !packet.has(PacketFlags.RESET | PacketFlags.ECHO)
        && (packet.sequence() != 0 || packet.has(PacketFlags.SYNCHRONIZE));
  }

  private static boolean acknowledges(PacketView packet) {
    boolean initial = packet.has(PacketFlags.SYNCHRONIZE) && packet.sendStreamId() == 0;
    return !packet.has(PacketFlags.NO_ACK | PacketFlags.ECHO) && !initial;
  }

  /** A packet was seen: takes note of its length, at once, so that others may refer to it. */
  static void learn(Conversation conversation, boolean outbound, PacketView packet) {
    if (packet.has(PacketFlags.ECHO)) {
      return;
    }
    HalfStream half = conversation.half(outbound);
    if (isNumbered(packet)) {
      half.begin(packet.sequence(), 1);
      if (outbound) {
        // Packets leave in order at first: what is missing here was sent before the trace began.
        half.settle(packet.sequence());
      }
      half.learn(packet.sequence(), span(packet));
    }
    if (acknowledges(packet)) {
      conversation.half(!outbound).begin(packet.ackThrough() + 1, 1);
    }
  }

  private static int span(PacketView packet) {
    return packet.payloadLength()
        + (packet.has(PacketFlags.SYNCHRONIZE) ? 1 : 0)
        + (packet.has(PacketFlags.CLOSE) ? 1 : 0);
  }

  /** Whether everything is known that {@link #compose} needs. */
  static boolean isReady(Conversation conversation, boolean outbound, PacketView packet) {
    return (!isNumbered(packet) || conversation.half(outbound).knows(packet.sequence()))
        && (!acknowledges(packet) || conversation.half(!outbound).knows(packet.ackThrough() + 1));
  }

  /** Makes it ready, with estimates for what was never seen. */
  static void settle(Conversation conversation, boolean outbound, PacketView packet) {
    if (isNumbered(packet)) {
      conversation.half(outbound).settle(packet.sequence());
    }
    if (acknowledges(packet)) {
      conversation.half(!outbound).settle(packet.ackThrough() + 1);
    }
  }

  /** The IP packet to show. */
  static byte[] compose(Conversation conversation, boolean outbound, PacketView packet) {
    int local = conversation.localAddress();
    int remote = conversation.remoteAddress();
    int source = outbound ? local : remote;
    int target = outbound ? remote : local;
    int payload = packet.payloadLength();
    if (packet.has(PacketFlags.ECHO)) {
      boolean reply = packet.sendStreamId() == 0;
      int id = reply ? packet.receiveStreamId() : packet.sendStreamId();
      return IpPacket.echo(
          source, target, reply, id, packet.buffer(), packet.payloadOffset(), payload);
    }
    HalfStream half = conversation.half(outbound);
    long sequence = isNumbered(packet) ? half.offset(packet.sequence()) : half.end();
    half.reached(sequence + (isNumbered(packet) ? span(packet) : 0));
    long[] sack = acknowledges(packet) ? acknowledge(conversation, outbound, packet) : NONE;
    boolean syn = packet.has(PacketFlags.SYNCHRONIZE);
    IpPacket.Segment segment =
        new IpPacket.Segment(
            source,
            target,
            outbound ? conversation.localPort : conversation.remotePort,
            outbound ? conversation.remotePort : conversation.localPort,
            sequence,
            half.acknowledged(),
            flags(packet, half),
            packet.chokes() ? 0 : OPEN_WINDOW,
            Math.max(0, packet.maxPacketSize()));
    return IpPacket.tcp(
        segment, syn ? NONE : sack, packet.buffer(), packet.payloadOffset(), payload);
  }

  private static int flags(PacketView packet, HalfStream half) {
    return (packet.has(PacketFlags.SYNCHRONIZE) ? IpPacket.SYN : 0)
        | (packet.has(PacketFlags.CLOSE) ? IpPacket.FIN : 0)
        | (packet.has(PacketFlags.RESET) ? IpPacket.RST : 0)
        | (packet.payloadLength() > 0 ? IpPacket.PSH : 0)
        | (half.acknowledges() ? IpPacket.ACK : 0);
  }

  /** Notes how far everything has arrived; returns the blocks that arrived above, latest first. */
  private static long[] acknowledge(
      Conversation conversation, boolean outbound, PacketView packet) {
    HalfStream other = conversation.half(!outbound);
    long through = packet.ackThrough() + 1;
    long[] missing = new long[packet.nackCount()];
    int count = 0;
    for (int i = 0; i < missing.length; i++) {
      if (packet.nack(i) < through) {
        missing[count++] = packet.nack(i);
      }
    }
    missing = Arrays.copyOf(missing, count);
    Arrays.sort(missing);
    conversation.half(outbound).acknowledge(other.offset(count == 0 ? through : missing[0]));
    long[] edges = new long[2 * IpPacket.MAX_SACK_BLOCKS];
    int used = 0;
    long right = through;
    for (int i = count - 1; i >= 0 && used < edges.length; i--) {
      long left = other.offset(missing[i] + 1);
      if (left < other.offset(right)) {
        edges[used++] = left;
        edges[used++] = other.offset(right);
      }
      right = missing[i];
    }
    return Arrays.copyOf(edges, used);
  }
}
