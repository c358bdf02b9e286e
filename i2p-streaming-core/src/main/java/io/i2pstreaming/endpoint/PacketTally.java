package io.i2pstreaming.endpoint;

import io.i2pstreaming.connection.PacketKind;
import io.i2pstreaming.wire.PacketFlags;
import io.i2pstreaming.wire.PacketView;

/**
 * Counts the packets of one direction, sent ones by their kind and received ones by their flags.
 */
final class PacketTally {
  private long data;
  private long ack;
  private long syn;
  private long close;
  private long reset;
  private long ping;

  void sent(PacketKind kind) {
    switch (kind) {
      case DATA -> data++;
      case ACK -> ack++;
      case SYN, SYN_ACK -> syn++;
      case CLOSE -> close++;
      case RESET -> reset++;
      case PING, PONG -> ping++;
    }
  }

  void received(PacketView packet) {
    if (packet.has(PacketFlags.ECHO)) {
      ping++;
    } else if (packet.has(PacketFlags.RESET)) {
      reset++;
    } else if (packet.has(PacketFlags.SYNCHRONIZE)) {
      syn++;
    } else if (packet.has(PacketFlags.CLOSE)) {
      close++;
    } else if (packet.sequence() == 0) {
      ack++;
    } else {
      data++;
    }
  }

  PacketCounts counts() {
    return new PacketCounts(data, ack, syn, close, reset, ping);
  }
}
