package io.i2pstreaming.wire;

/** One line of text for a packet: for traces and failing tests. Names no destination. */
final class PacketText {
  private static final String[] NAMES = {
    "SYN",
    "CLOSE",
    "RESET",
    "SIG",
    "SIGREQ",
    "FROM",
    "DELAY",
    "MTU",
    "INTERACTIVE",
    "ECHO",
    "NOACK",
    "OFFLINE"
  };

  private PacketText() {}

  static String of(PacketView packet) {
    StringBuilder text = new StringBuilder(80);
    text.append(String.format("%08x>%08x", packet.receiveStreamId(), packet.sendStreamId()));
    text.append(" seq ").append(packet.sequence());
    if (!packet.has(PacketFlags.NO_ACK)) {
      text.append(" ack ").append(packet.ackThrough());
    }
    boolean hash = packet.has(PacketFlags.SYNCHRONIZE) && packet.sendStreamId() == 0;
    if (packet.nackCount() > 0 && !hash) {
      text.append(" nacks");
      for (int i = 0; i < packet.nackCount(); i++) {
        text.append(i == 0 ? ' ' : ',').append(packet.nack(i));
      }
    }
    for (int bit = 0; bit < NAMES.length; bit++) {
      if (packet.has(1 << bit)) {
        text.append(' ').append(NAMES[bit]);
      }
    }
    if (packet.delayMillis() >= 0) {
      text.append(" delay ").append(packet.delayMillis());
    }
    return text.append(" payload ").append(packet.payloadLength()).toString();
  }
}
