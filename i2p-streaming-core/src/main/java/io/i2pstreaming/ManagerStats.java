package io.i2pstreaming;

import io.i2pstreaming.endpoint.PacketCounts;
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
 * @param messagesRetried packets sent again for either reason; each sending of a packet is a
 *     message of its own to the router
 * @param packetsSent streaming packets sent, those sent again included; each is one message
 * @param packetsReceived streaming packets received
 * @param packetsDropped packets received and not used (malformed, bad signature, unknown stream,
 *     mailbox full, datagrams that nobody takes)
 * @param bytesSent payload bytes, first transmissions
 * @param bytesReceived payload bytes delivered to the application's pipes
 * @param messagesAsked messages for which the router was asked for a delivery status
 * @param messagesDelivered of those, reported handed on or delivered
 * @param messagesFailed of those, reported failed
 * @param messagesExpired of those, reported expired, or given up after a minute without a report;
 *     those that were asked and are none of the three still wait
 * @param deliveryNanos sum of the times from sending a message to the router's report that it was
 *     delivered
 * @param lastDeliveryNanos the latest of these times, −1 before the first
 * @param averageDeliveryNanos their mean, −1 before the first
 * @param rejections incoming streams and pings refused, by reason
 * @param sent packets sent, by what they are for
 * @param received packets received, by what they are for; malformed ones are none
 * @param dropped packets received and not used, by reason; of streams, also what {@code
 *     packetsDropped} leaves out
 * @param bytesRetransmitted payload bytes of packets sent again
 * @param chokesSent how often we asked a peer to stop because its stream's reader did not keep up
 * @param chokesReceived how often a peer asked that of us
 * @param sendBufferBytes bytes written to open streams that their peers have not acknowledged
 * @param receiveBufferBytes bytes received on open streams that nobody has read
 */
public record ManagerStats(
    int activeIncoming,
    int activeOutgoing,
    long opened,
    long failedConnects,
    long refused,
    long timeoutRetransmissions,
    long fastRetransmissions,
    long messagesRetried,
    long packetsSent,
    long packetsReceived,
    long packetsDropped,
    long bytesSent,
    long bytesReceived,
    long messagesAsked,
    long messagesDelivered,
    long messagesFailed,
    long messagesExpired,
    long deliveryNanos,
    long lastDeliveryNanos,
    long averageDeliveryNanos,
    Rejections rejections,
    PacketCounts sent,
    PacketCounts received,
    DroppedPackets dropped,
    long bytesRetransmitted,
    long chokesSent,
    long chokesReceived,
    long sendBufferBytes,
    long receiveBufferBytes) {}
