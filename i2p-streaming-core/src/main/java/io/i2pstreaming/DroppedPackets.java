package io.i2pstreaming;

/**
 * Packets received and not used, by reason.
 *
 * @param malformed no streaming packets
 * @param badSignature SYNs and pings without a valid signature
 * @param replayed SYNs meant for another destination
 * @param unknownStream packets of no stream, or of one that is over
 * @param unverified SYNs and pings beyond the rate at which signatures are checked
 * @param duplicate numbered packets that had arrived before
 * @param refused packets of a stream that it did not take: numbers out of its window, no room, a
 *     bad signature, ids that are not the peer's
 * @param overflow messages that came faster than the manager could take them
 * @param unclaimed datagrams of other protocols that nobody takes
 */
public record DroppedPackets(
    long malformed,
    long badSignature,
    long replayed,
    long unknownStream,
    long unverified,
    long duplicate,
    long refused,
    long overflow,
    long unclaimed) {
  /** Before anything happened. */
  public static final DroppedPackets NONE = new DroppedPackets(0, 0, 0, 0, 0, 0, 0, 0, 0);
}
