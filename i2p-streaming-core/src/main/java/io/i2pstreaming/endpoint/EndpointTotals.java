package io.i2pstreaming.endpoint;

/**
 * What an endpoint did since it was made, ended connections included. Everything but the two counts
 * of active connections, those of buffered bytes and the last delivery only grows.
 *
 * @param activeIncoming connected and not over, dialled by peers
 * @param activeOutgoing connected and not over, dialled by us
 * @param opened connections whose handshake completed
 * @param failedConnects dials that ended before their handshake completed
 * @param timeoutRetransmissions packets sent again because a timer fired
 * @param fastRetransmissions packets sent again because of NACKs
 * @param packetsSent packets handed to the router, those outside connections included
 * @param packetsReceived packets taken in, used or not
 * @param bytesSent payload bytes, first transmissions only
 * @param bytesReceived payload bytes delivered in order
 * @param messagesAsked packets for which a delivery status was asked
 * @param messagesDelivered of those, reported handed on or delivered
 * @param messagesFailed of those, reported failed
 * @param messagesExpired of those, reported expired, or given up after a minute without a report
 * @param deliveryNanos sum of the times from the packet to the report that it was delivered
 * @param lastDeliveryNanos the latest of these times, −1 before the first
 * @param sent packets handed to the router by what they are for
 * @param received packets taken in by what they are for, malformed ones excluded
 * @param duplicates numbered packets of connections that had arrived before
 * @param refusedByStreams packets that their connection did not take
 * @param bytesRetransmitted payload bytes of packets sent again
 * @param chokesSent how often we asked a peer to stop
 * @param chokesReceived how often a peer asked us to
 * @param sendBufferBytes written to live connections and not acknowledged
 * @param receiveBufferBytes received on live connections and not read
 */
public record EndpointTotals(
    int activeIncoming,
    int activeOutgoing,
    long opened,
    long failedConnects,
    long timeoutRetransmissions,
    long fastRetransmissions,
    long packetsSent,
    long packetsReceived,
    long bytesSent,
    long bytesReceived,
    long messagesAsked,
    long messagesDelivered,
    long messagesFailed,
    long messagesExpired,
    long deliveryNanos,
    long lastDeliveryNanos,
    PacketCounts sent,
    PacketCounts received,
    long duplicates,
    long refusedByStreams,
    long bytesRetransmitted,
    long chokesSent,
    long chokesReceived,
    long sendBufferBytes,
    long receiveBufferBytes) {}
