package io.i2pstreaming.endpoint;

/**
 * Counters and table sizes of an endpoint. Sizes return to zero when everything has ended.
 *
 * @param connections live connections
 * @param parkedPackets packets that wait for their SYN, and SYNs that wait to be verified
 * @param pendingPings pings without a pong yet
 * @param recentlyClosed ids remembered after their connection ended (they expire)
 * @param packetsReceived packets taken in
 * @param malformed packets that did not parse
 * @param badSignature packets refused for their signature
 * @param replayed SYNs meant for another destination
 * @param unknownStream packets of no connection
 * @param rejections SYNs and pings refused, by reason
 * @param pingsAnswered pongs sent
 * @param resetsSent RESETs sent outside connections
 */
public record EndpointStats(
    int connections,
    int parkedPackets,
    int pendingPings,
    int recentlyClosed,
    long packetsReceived,
    long malformed,
    long badSignature,
    long replayed,
    long unknownStream,
    Rejections rejections,
    long pingsAnswered,
    long resetsSent) {}
