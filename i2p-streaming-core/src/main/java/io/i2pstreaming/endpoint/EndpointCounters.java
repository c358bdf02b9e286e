package io.i2pstreaming.endpoint;

import io.i2pstreaming.connection.ConnectionStats;

/** The running counters behind {@link EndpointStats} and {@link EndpointTotals}. */
final class EndpointCounters {
  long packetsReceived;
  long malformed;
  long badSignature;
  long replayed;
  long unknownStream;
  long refusedNoListener;
  long refusedBacklog;
  long refusedPings;
  long unverified;
  long pingsAnswered;
  long resetsSent;
  long packetsSent;
  long messagesAsked;
  long messagesDelivered;
  long messagesFailed;
  private long refusedAccess;
  private long refusedMaxStreams;
  private long refusedPeerRate;
  private long refusedTotalRate;
  private int streams;
  private int activeIncoming;
  private int activeOutgoing;
  private long opened;
  private long failedConnects;
  private long endedTimeoutRetransmissions;
  private long endedFastRetransmissions;
  private long endedBytesSent;
  private long endedBytesReceived;

  /** A connection was made; {@link #closed} follows when it is over. */
  void begun() {
    streams++;
  }

  /** Connections that are not over, those in their handshake included. */
  int streams() {
    return streams;
  }

  void refused(Refusal.Reason reason) {
    switch (reason) {
      case ACCESS -> refusedAccess++;
      case MAX_STREAMS -> refusedMaxStreams++;
      case PEER_RATE -> refusedPeerRate++;
      case TOTAL_RATE -> refusedTotalRate++;
    }
  }

  Rejections rejections() {
    return new Rejections(
        refusedNoListener,
        refusedBacklog,
        refusedAccess,
        refusedMaxStreams,
        refusedPeerRate,
        refusedTotalRate,
        refusedPings,
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
  }

  EndpointTotals totals(Iterable<ConnectionEntry> live) {
    long timeouts = endedTimeoutRetransmissions;
    long fast = endedFastRetransmissions;
    long sent = endedBytesSent;
    long received = endedBytesReceived;
    for (ConnectionEntry entry : live) {
      ConnectionStats stats = entry.connection().stats();
      timeouts += stats.timeoutRetransmissions();
      fast += stats.fastRetransmissions();
      sent += stats.bytesSent();
      received += stats.bytesReceived();
    }
    return new EndpointTotals(
        activeIncoming,
        activeOutgoing,
        opened,
        failedConnects,
        timeouts,
        fast,
        packetsSent,
        packetsReceived,
        sent,
        received,
        messagesAsked,
        messagesDelivered,
        messagesFailed);
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
