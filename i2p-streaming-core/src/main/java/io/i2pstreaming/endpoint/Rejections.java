package io.i2pstreaming.endpoint;

/**
 * How many incoming streams (and pings) were refused, by reason.
 *
 * @param noListener SYNs to a port nobody listens on
 * @param backlog SYNs that found the acceptor or the endpoint full
 * @param access SYNs of peers that a list refuses
 * @param maxStreams SYNs that found maxConcurrentStreams open
 * @param peerRate SYNs of peers over their own limit
 * @param totalRate SYNs over the limit of all peers together
 * @param pingsAccess pings of peers that a list refuses
 * @param pingsPeerRate pings of peers over their own limit
 * @param pingsTotalRate pings over the limit of all peers together
 * @param unverified SYNs and pings dropped unread, because more came than may be verified
 */
public record Rejections(
    long noListener,
    long backlog,
    long access,
    long maxStreams,
    long peerRate,
    long totalRate,
    long pingsAccess,
    long pingsPeerRate,
    long pingsTotalRate,
    long unverified) {
  /** Before anything happened. */
  public static final Rejections NONE = new Rejections(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Streams refused, for all reasons. */
  public long streams() {
    return noListener + backlog + access + maxStreams + peerRate + totalRate;
  }

  /** Pings refused, for all reasons. */
  public long pings() {
    return pingsAccess + pingsPeerRate + pingsTotalRate;
  }
}
