package io.i2pstreaming.verification.simulation;

import static io.i2pstreaming.verification.simulation.BrokenInvariant.require;

import io.i2pstreaming.connection.ConnectionConfig;
import io.i2pstreaming.verification.simulation.Carrier.Fate;
import io.i2pstreaming.wire.PacketFlags;
import io.i2pstreaming.wire.PacketView;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Watches what one host puts on the wire and takes from it: the rules that hold for every packet of
 * every connection, whatever the implementation inside, and the rare situations.
 *
 * <p>Streaming specification; the limits are those that other implementations set.
 */
final class WireChecks {
  /** What an idle Java receiver holds; nobody is sent more before acknowledgement. */
  private static final int MAX_SPAN = 124;

  private static final int LARGEST_PACKET = 4096;

  private final int host;
  private final ConnectionConfig config;
  private final Marks marks;
  private final Map<Integer, Sender> senders = new HashMap<>();

  /** One connection's sending half, by our own id. */
  private static final class Sender {
    final Map<Long, Integer> payloads = new HashMap<>();
    final Map<Long, Integer> sendings = new HashMap<>();
    long highestSent = -1;
    long cumulativeAck = -1;
    long lastAckThrough = -1;
    boolean ended;
  }

  WireChecks(int host, ConnectionConfig config, Marks marks) {
    this.host = host;
    this.config = config;
    this.marks = marks;
  }

  /** A packet leaves. */
  void sent(PacketView packet, Fate fate) {
    boolean lost = fate != Fate.UNDER_WAY;
    marks.hit(Mark.QUEUE_OVERFLOW, fate == Fate.OVERFLOWED ? 1 : 0);
    require(packet.length() <= LARGEST_PACKET, () -> said(packet) + " is too large for i2pd");
    if (packet.has(PacketFlags.ECHO)) {
      Mark echo = packet.sendStreamId() == 0 ? Mark.PONG_LOST : Mark.PING_LOST;
      marks.hit(echo, lost ? 1 : 0);
      return;
    }
    situations(packet, lost);
    require(
        packet.payloadLength() <= config.maxMessageSize(),
        () -> said(packet) + " carries more than the maximum of " + config.maxMessageSize());
    if (packet.receiveStreamId() == 0 || packet.has(PacketFlags.RESET)) {
      return;
    }
    Sender sender = senders.computeIfAbsent(packet.receiveStreamId(), id -> new Sender());
    acknowledgement(packet, sender);
    if (packet.sequence() > 0 || packet.has(PacketFlags.SYNCHRONIZE)) {
      numbered(packet, sender, lost);
    } else {
      require(packet.payloadLength() == 0, () -> said(packet) + " is an ack with a payload");
      require(sender.highestSent >= 0, () -> said(packet) + " is an ack before the SYN");
      marks.hit(Mark.ACK_LOST, lost ? 1 : 0);
    }
  }

  private void numbered(PacketView packet, Sender sender, boolean lost) {
    long sequence = packet.sequence();
    int start = packet.payloadOffset();
    byte[] payload = Arrays.copyOfRange(packet.buffer(), start, start + packet.payloadLength());
    int content = 31 * Arrays.hashCode(payload) + (packet.flags() & PacketFlags.SYNCHRONIZE);
    Integer before = sender.payloads.putIfAbsent(sequence, content);
    if (before == null) {
      require(
          sequence == sender.highestSent + 1,
          () -> said(packet) + " follows number " + sender.highestSent);
      require(!sender.ended, () -> said(packet) + " comes after CLOSE");
      sender.highestSent = sequence;
      long span = sender.highestSent - sender.cumulativeAck;
      int most = Math.min(MAX_SPAN, config.maxWindowPackets());
      marks.hit(Mark.WINDOW_FULL, span >= most ? 1 : 0);
      require(
          span <= most + (packet.has(PacketFlags.CLOSE) ? 1 : 0),
          () -> said(packet) + " makes " + span + " unacknowledged of at most " + most);
    } else {
      require(before == content, () -> said(packet) + " was sent before with another payload");
    }
    sender.ended |= packet.has(PacketFlags.CLOSE);
    int times = sender.sendings.merge(sequence, 1, Integer::sum);
    marks.hit(Mark.RETRANSMISSION_LOST, lost && times > 1 ? 1 : 0);
    marks.hit(Mark.DATA_LOST, lost && packet.payloadLength() > 0 ? 1 : 0);
    boolean empty = packet.payloadLength() == 0;
    boolean plain = !packet.has(PacketFlags.SYNCHRONIZE | PacketFlags.CLOSE);
    marks.hit(Mark.KEEP_ALIVE, empty && plain ? 1 : 0);
  }

  private void acknowledgement(PacketView packet, Sender sender) {
    if (packet.has(PacketFlags.NO_ACK)) {
      return;
    }
    long through = packet.ackThrough();
    require(
        through >= sender.lastAckThrough,
        () -> said(packet) + " acknowledged up to " + sender.lastAckThrough + " before");
    sender.lastAckThrough = through;
    long last = -1;
    for (int i = 0; i < packet.nackCount(); i++) {
      require(
          packet.nack(i) < through, () -> said(packet) + " misses what it does not acknowledge");
      require(packet.nack(i) > last, () -> said(packet) + " misses in disorder");
      last = packet.nack(i);
    }
    marks.hit(Mark.NACKS_SENT, packet.nackCount() > 0 ? 1 : 0);
  }

  /** A packet arrives: what it acknowledges opens the window. */
  void received(PacketView packet) {
    boolean first = packet.has(PacketFlags.SYNCHRONIZE) && packet.sendStreamId() == 0;
    Sender sender = senders.get(packet.sendStreamId());
    if (sender == null || first || packet.has(PacketFlags.NO_ACK | PacketFlags.ECHO)) {
      return;
    }
    long cumulative = packet.nackCount() > 0 ? packet.nack(0) - 1 : packet.ackThrough();
    sender.cumulativeAck = Math.max(sender.cumulativeAck, cumulative);
  }

  private void situations(PacketView packet, boolean lost) {
    boolean syn = packet.has(PacketFlags.SYNCHRONIZE);
    boolean initiator = packet.sendStreamId() == 0;
    boolean data = packet.payloadLength() > 0;
    boolean nine = packet.resendDelaySeconds() == Scenario.I2PD_RESEND_DELAY;
    marks.hit(Mark.LOOKS_LIKE_I2PD, syn && nine ? 1 : 0);
    marks.hit(Mark.SYN_LOST, syn && initiator && lost ? 1 : 0);
    marks.hit(Mark.SYN_ACK_LOST, syn && !initiator && lost ? 1 : 0);
    marks.hit(Mark.DATA_IN_SYN, syn && initiator && data ? 1 : 0);
    marks.hit(Mark.DATA_IN_SYN_ACK, syn && !initiator && data ? 1 : 0);
    marks.hit(Mark.EARLY_DATA, !syn && initiator && data ? 1 : 0);
    marks.hit(Mark.CHOKE_SENT, packet.chokes() ? 1 : 0);
    marks.hit(Mark.CHOKE_LOST, packet.chokes() && lost ? 1 : 0);
    boolean close = packet.has(PacketFlags.CLOSE);
    marks.hit(Mark.CLOSE_LOST, close && lost ? 1 : 0);
    marks.hit(Mark.CLOSE_WITH_DATA, close && data ? 1 : 0);
    boolean reset = packet.has(PacketFlags.RESET);
    marks.hit(Mark.RESET_SENT, reset ? 1 : 0);
    marks.hit(Mark.RESET_LOST, reset && lost ? 1 : 0);
    boolean signed = packet.signatureLength() > 0;
    require(signed || !(syn || close || reset), () -> said(packet) + " must be signed");
  }

  private String said(PacketView packet) {
    return "host " + host + " sent a packet that must not be: " + packet + ": it";
  }
}
