package io.i2pstreaming.trace;

/**
 * One stream, or one ping, as the trace shows it: two addresses, two ports, and where the bytes of
 * each direction stand. The addresses are numbers of this trace and tell nothing about the peers.
 */
final class Conversation {
  final long number;
  final int host;
  final int localPort;
  final int remotePort;

  /** The stream id of the host, or 0 while unknown; and of the peer. */
  int ownId;

  int peerId;

  private final HalfStream sent = new HalfStream();
  private final HalfStream received = new HalfStream();

  Conversation(long number, int host, int localPort, int remotePort) {
    this.number = number;
    this.host = host;
    this.localPort = localPort;
    this.remotePort = remotePort;
  }

  HalfStream half(boolean outbound) {
    return outbound ? sent : received;
  }

  /** 127.0.0.1 for the first host. */
  int localAddress() {
    return 0x7f000001 + host;
  }

  /** 127.1.0.1, 127.1.0.2 and so on: another one for each conversation. */
  int remoteAddress() {
    return 0x7f010000 + (int) ((number + 1) % 0xfe0000);
  }
}
