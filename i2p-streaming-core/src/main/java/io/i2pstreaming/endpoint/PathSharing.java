package io.i2pstreaming.endpoint;

/**
 * Whether and how new streams profit from what earlier ones to the same peer found out: {@code
 * i2p.streaming.tcbcache.*}.
 *
 * @param enabled whether they do at all
 * @param rttDampening the share of the former value that stays when a stream ends, for the mean
 *     round trip; 0 to 1
 * @param varianceDampening the same for its deviation
 * @param windowDampening the same for the congestion window
 */
public record PathSharing(
    boolean enabled, double rttDampening, double varianceDampening, double windowDampening) {
  /** As I2P documents it: on, three quarters. */
  public static final PathSharing DEFAULT = new PathSharing(true, 0.75, 0.75, 0.75);
}
