package io.i2pstreaming;

import io.i2pstreaming.endpoint.EndpointStats;
import io.i2pstreaming.endpoint.EndpointTotals;
import io.i2pstreaming.endpoint.PacketCounts;
import io.i2pstreaming.endpoint.Rejections;
import io.i2pstreaming.loop.LoopStats;
import io.i2pstreaming.loop.SessionLoop;

/**
 * Makes a manager's public totals from the figures of its loop, and keeps them for when the loop
 * does not answer in time. Asked by any thread, through the manager; counts nothing itself.
 */
final class ManagerFigures {
  /** Before the loop ever told any. */
  private static final ManagerStats NONE =
      new ManagerStats(
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          -1,
          -1,
          Rejections.NONE,
          PacketCounts.NONE,
          PacketCounts.NONE,
          DroppedPackets.NONE,
          0,
          0,
          0,
          0,
          0);

  private final SessionLoop loop;
  private volatile ManagerStats last = NONE;

  ManagerFigures(SessionLoop loop) {
    this.loop = loop;
  }

  /** The present totals, or the last that the loop told. */
  ManagerStats latest() {
    LoopStats fresh = loop.stats();
    if (fresh == null) {
      return last;
    }
    // Not what is kept: another thread's may be older.
    ManagerStats totals = of(fresh);
    last = totals;
    return totals;
  }

  private static ManagerStats of(LoopStats loop) {
    EndpointStats endpoint = loop.endpoint();
    EndpointTotals totals = loop.totals();
    return new ManagerStats(
        totals.activeIncoming(),
        totals.activeOutgoing(),
        totals.opened(),
        totals.failedConnects(),
        endpoint.rejections().streams(),
        totals.timeoutRetransmissions(),
        totals.fastRetransmissions(),
        totals.timeoutRetransmissions() + totals.fastRetransmissions(),
        totals.packetsSent(),
        totals.packetsReceived(),
        endpoint.malformed()
            + endpoint.badSignature()
            + endpoint.replayed()
            + endpoint.unknownStream()
            + endpoint.rejections().unverified()
            + loop.payloadsDropped()
            + loop.datagramsUnclaimed(),
        totals.bytesSent(),
        totals.bytesReceived(),
        totals.messagesAsked(),
        totals.messagesDelivered(),
        totals.messagesFailed(),
        totals.messagesExpired(),
        totals.deliveryNanos(),
        totals.lastDeliveryNanos(),
        totals.messagesDelivered() == 0 ? -1 : totals.deliveryNanos() / totals.messagesDelivered(),
        endpoint.rejections(),
        totals.sent(),
        totals.received(),
        dropped(loop),
        totals.bytesRetransmitted(),
        totals.chokesSent(),
        totals.chokesReceived(),
        totals.sendBufferBytes(),
        totals.receiveBufferBytes());
  }

  private static DroppedPackets dropped(LoopStats loop) {
    EndpointStats endpoint = loop.endpoint();
    return new DroppedPackets(
        endpoint.malformed(),
        endpoint.badSignature(),
        endpoint.replayed(),
        endpoint.unknownStream(),
        endpoint.rejections().unverified(),
        loop.totals().duplicates(),
        loop.totals().refusedByStreams(),
        loop.payloadsDropped(),
        loop.datagramsUnclaimed());
  }
}
