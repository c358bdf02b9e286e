package io.i2pstreaming.trace;

import java.nio.ByteBuffer;

/**
 * Composes IPv4 packets with TCP segments or ICMP echoes in them, with right checksums (RFC 791,
 * 792, 9293, and 2018 for selective acknowledgements).
 */
final class IpPacket {
  static final int FIN = 1;
  static final int SYN = 2;
  static final int RST = 4;
  static final int PSH = 8;
  static final int ACK = 16;

  /** Selective acknowledgements that fit into the options. */
  static final int MAX_SACK_BLOCKS = 4;

  private static final int IP_HEADER = 20;
  private static final int TCP_HEADER = 20;
  private static final int ICMP_HEADER = 8;
  private static final int PROTOCOL_ICMP = 1;
  private static final int PROTOCOL_TCP = 6;

  /** The largest shift: streaming has no limit in bytes that could be shown as a window. */
  private static final int WINDOW_SHIFT = 14;

  private IpPacket() {}

  /**
   * A TCP header.
   *
   * @param maxSegment the MSS option of a SYN, or 0
   */
  record Segment(
      int sourceAddress,
      int targetAddress,
      int sourcePort,
      int targetPort,
      long sequence,
      long acknowledged,
      int flags,
      int window,
      int maxSegment) {}

  /**
   * A segment with payload.
   *
   * @param sack left and right edge of each block, {@code 2 * MAX_SACK_BLOCKS} at most
   */
  static byte[] tcp(Segment segment, long[] sack, byte[] bytes, int offset, int length) {
    boolean syn = (segment.flags & SYN) != 0;
    int options = syn ? 8 + (segment.maxSegment == 0 ? 0 : 4) : 0;
    options += sack.length == 0 ? 0 : 4 + 4 * sack.length;
    int tcpLength = TCP_HEADER + options + length;
    byte[] packet = new byte[IP_HEADER + tcpLength];
    ByteBuffer at = ip(packet, PROTOCOL_TCP, segment.sourceAddress, segment.targetAddress);
    at.putShort((short) segment.sourcePort).putShort((short) segment.targetPort);
    at.putInt((int) segment.sequence).putInt((int) segment.acknowledged);
    at.put((byte) (((TCP_HEADER + options) / 4) << 4)).put((byte) segment.flags);
    at.putShort((short) segment.window).putShort((short) 0).putShort((short) 0);
    if (syn) {
      if (segment.maxSegment != 0) {
        at.put((byte) 2).put((byte) 4).putShort((short) segment.maxSegment);
      }
      // No-operation, window scale; twice no-operation, selective acknowledgements permitted.
      at.put(new byte[] {1, 3, 3, WINDOW_SHIFT, 1, 1, 4, 2});
    }
    if (sack.length > 0) {
      at.put(new byte[] {1, 1, 5, (byte) (2 + 4 * sack.length)});
      for (long edge : sack) {
        at.putInt((int) edge);
      }
    }
    at.put(bytes, offset, length);
    int pseudo = (segment.sourceAddress >>> 16) + (segment.sourceAddress & 0xffff);
    pseudo += (segment.targetAddress >>> 16) + (segment.targetAddress & 0xffff);
    pseudo += PROTOCOL_TCP + tcpLength;
    at.putShort(IP_HEADER + 16, checksum(packet, IP_HEADER, tcpLength, pseudo));
    return packet;
  }

  /** An ICMP echo request, or its reply. */
  static byte[] echo(
      int source, int target, boolean reply, int id, byte[] bytes, int offset, int length) {
    byte[] packet = new byte[IP_HEADER + ICMP_HEADER + length];
    ByteBuffer at = ip(packet, PROTOCOL_ICMP, source, target);
    at.put((byte) (reply ? 0 : 8)).put((byte) 0).putShort((short) 0);
    at.putShort((short) id).putShort((short) (id >>> 16)).put(bytes, offset, length);
    at.putShort(IP_HEADER + 2, checksum(packet, IP_HEADER, ICMP_HEADER + length, 0));
    return packet;
  }

  /** Writes the header; returns where to go on. */
  private static ByteBuffer ip(byte[] packet, int protocol, int source, int target) {
    ByteBuffer at = ByteBuffer.wrap(packet);
    at.put((byte) 0x45).put((byte) 0).putShort((short) packet.length);
    at.putShort((short) 0).putShort((short) 0x4000);
    at.put((byte) 64).put((byte) protocol).putShort((short) 0).putInt(source).putInt(target);
    at.putShort(10, checksum(packet, 0, IP_HEADER, 0));
    return at;
  }

  /** RFC 1071. */
  private static short checksum(byte[] bytes, int offset, int length, int start) {
    long sum = start;
    for (int i = 0; i < length; i++) {
      int value = bytes[offset + i] & 0xff;
      sum += (i & 1) == 0 ? value << 8 : value;
    }
    while (sum >>> 16 != 0) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return (short) ~sum;
  }
}
