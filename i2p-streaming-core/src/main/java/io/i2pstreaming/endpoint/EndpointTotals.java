package io.i2pstreaming.endpoint;

/**
 * What an endpoint did since it was made, ended connections included. Everything but the two counts
 * of active connections and the last delivery only grows.
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
    long lastDeliveryNanos) {}
