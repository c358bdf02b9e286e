package io.i2pstreaming.endpoint;

import io.i2pstreaming.connection.ConnectionStats;
import java.util.EnumMap;
import java.util.Map;

/** The running counters behind {@link EndpointStats} and {@link EndpointTotals}. */
final class EndpointCounters {
  long packetsReceived;
  long malformed;
  long badSignature;
  long replayed;
  long unknownStream;
  long refusedNoListener;
  long refusedBacklog;
  long unverified;
  long pingsAnswered;
  long resetsSent;
  long refusedByStreams;
  long bytesRetransmitted;
  final PacketTally sent = new PacketTally();
  final PacketTally received = new PacketTally();
  long messagesAsked;
  long messagesFailed;
  long messagesExpired;
  private long messagesDelivered;
  private long deliveryNanos;
  private long lastDeliveryNanos = -1;
  private final Map<Refusal.Reason, Long> refusedStreams = new EnumMap<>(Refusal.Reason.class);
  private final Map<Refusal.Reason, Long> refusedPings = new EnumMap<>(Refusal.Reason.class);
  private int streams;
  private int activeIncoming;
  private int activeOutgoing;
  private long opened;
  private long failedConnects;
  private long endedTimeoutRetransmissions;
  private long endedFastRetransmissions;
  private long endedBytesSent;
  private long endedBytesReceived;
  private long endedDuplicates;
  private long endedChokesSent;
  private long endedChokesReceived;

  /** The router said so long after a packet left that it was delivered. */
  void messageDelivered(long nanos) {
    messagesDelivered++;
    deliveryNanos += nanos;
    lastDeliveryNanos = nanos;
  }

  /** A connection was made; {@link #closed} follows when it is over. */
  void begun() {
    streams++;
  }

  /** Connections that are not over, those in their handshake included. */
  int streams() {
    return streams;
  }

  void refusedStream(Refusal.Reason reason) {
    refusedStreams.merge(reason, 1L, Long::sum);
  }

  void refusedPing(Refusal.Reason reason) {
    refusedPings.merge(reason, 1L, Long::sum);
  }

  Rejections rejections() {
    return new Rejections(
        refusedNoListener,
        refusedBacklog,
        refusedStreams.getOrDefault(Refusal.Reason.ACCESS, 0L),
        refusedStreams.getOrDefault(Refusal.Reason.MAX_STREAMS, 0L),
        refusedStreams.getOrDefault(Refusal.Reason.PEER_RATE, 0L),
        refusedStreams.getOrDefault(Refusal.Reason.TOTAL_RATE, 0L),
        refusedPings.getOrDefault(Refusal.Reason.ACCESS, 0L),
        refusedPings.getOrDefault(Refusal.Reason.PEER_RATE, 0L),
        refusedPings.getOrDefault(Refusal.Reason.TOTAL_RATE, 0L),
        unverified);
  }

  void connected(boolean incoming) {
    opened++;
    if (incoming) {
      activeIncoming++;
    } else {
      activeOutgoing++;
    }
  }

  void closed(boolean incoming, boolean wasConnected) {
    streams--;
    if (!wasConnected) {
      failedConnects += incoming ? 0 : 1;
    } else if (incoming) {
      activeIncoming--;
    } else {
      activeOutgoing--;
    }
  }

  /** Keeps the figures of a connection that is about to be forgotten. */
  void ended(ConnectionStats stats) {
    endedTimeoutRetransmissions += stats.timeoutRetransmissions();
    endedFastRetransmissions += stats.fastRetransmissions();
    endedBytesSent += stats.bytesSent();
    endedBytesReceived += stats.bytesReceived();
    endedDuplicates += stats.duplicatesReceived();
    endedChokesSent += stats.chokesSent();
    endedChokesReceived += stats.chokesReceived();
  }

  EndpointTotals totals(Iterable<ConnectionEntry> live) {
    long timeouts = endedTimeoutRetransmissions;
    long fast = endedFastRetransmissions;
    long bytesSent = endedBytesSent;
    long bytesReceived = endedBytesReceived;
    long duplicates = endedDuplicates;
    long chokesSent = endedChokesSent;
    long chokesReceived = endedChokesReceived;
    long sendBuffer = 0;
    long receiveBuffer = 0;
    for (ConnectionEntry entry : live) {
      ConnectionStats stats = entry.connection().stats();
      timeouts += stats.timeoutRetransmissions();
      fast += stats.fastRetransmissions();
      bytesSent += stats.bytesSent();
      bytesReceived += stats.bytesReceived();
      duplicates += stats.duplicatesReceived();
      chokesSent += stats.chokesSent();
      chokesReceived += stats.chokesReceived();
      sendBuffer += entry.connection().sendBufferBytes();
      receiveBuffer += entry.connection().receiveBufferBytes();
    }
    return new EndpointTotals(
        activeIncoming,
        activeOutgoing,
        opened,
        failedConnects,
        timeouts,
        fast,
        sent.counts().total(),
        packetsReceived,
        bytesSent,
        bytesReceived,
        messagesAsked,
        messagesDelivered,
        messagesFailed,
        messagesExpired,
        deliveryNanos,
        lastDeliveryNanos,
        sent.counts(),
        received.counts(),
        duplicates,
        refusedByStreams,
        bytesRetransmitted,
        chokesSent,
        chokesReceived,
        sendBuffer,
        receiveBuffer);
  }

  EndpointStats stats(int connections, int parkedPackets, int pendingPings, int recentlyClosed) {
    return new EndpointStats(
        connections,
        parkedPackets,
        pendingPings,
        recentlyClosed,
        packetsReceived,
        malformed,
        badSignature,
        replayed,
        unknownStream,
        rejections(),
        pingsAnswered,
        resetsSent);
  }
}
