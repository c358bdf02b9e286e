package io.i2pstreaming;

import io.i2pstreaming.endpoint.Rejections;

/**
 * Totals of a manager since it was started, ended streams included.
 *
 * @param activeIncoming open streams that peers dialled
 * @param activeOutgoing open streams that we dialled
 * @param opened streams whose handshake completed
 * @param failedConnects dials that failed
 * @param refused incoming streams refused
 * @param timeoutRetransmissions packets sent again because a timer fired
 * @param fastRetransmissions packets sent again because of NACKs
 * @param packetsSent streaming packets sent
 * @param packetsReceived streaming packets received
 * @param packetsDropped packets received and not used (malformed, bad signature, unknown stream,
 *     mailbox full, datagrams that nobody takes)
 * @param bytesSent payload bytes, first transmissions
 * @param bytesReceived payload bytes delivered to the application's pipes
 * @param messagesAsked messages for which the router was asked for a delivery status
 * @param messagesDelivered of those, reported handed on or delivered
 * @param messagesFailed of those, reported failed
 * @param rejections incoming streams and pings refused, by reason
 */
public record ManagerStats(
    int activeIncoming,
    int activeOutgoing,
    long opened,
    long failedConnects,
    long refused,
    long timeoutRetransmissions,
    long fastRetransmissions,
    long packetsSent,
    long packetsReceived,
    long packetsDropped,
    long bytesSent,
    long bytesReceived,
    long messagesAsked,
    long messagesDelivered,
    long messagesFailed,
    Rejections rejections) {}
