package io.i2pstreaming.loop;

import io.i2pstreaming.endpoint.Rejections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log that streams and pings were refused: how many and why, never whose, and not more
 * often than every ten seconds. Asked after every turn of the loop.
 */
final class RejectionLog {
  /** Shortest time between two lines. */
  static final long INTERVAL_NANOS = 10_000_000_000L;

  private static final Logger log = LoggerFactory.getLogger(RejectionLog.class);

  private final String name;
  private boolean disabled;
  private Rejections told = Rejections.NONE;
  private long nextAt;
  private boolean toldAny;

  RejectionLog(String name, boolean disabled) {
    this.name = name;
    this.disabled = disabled;
  }

  /** Says nothing from now on, or what is refused from now on. */
  void disabled(boolean off) {
    disabled = off;
  }

  /** Logs a line when there is something new and the last one is long enough ago: then true. */
  boolean look(long now, Rejections sum) {
    if (disabled) {
      told = sum;
      return false;
    }
    boolean nothingNew = sum.streams() == told.streams() && sum.pings() == told.pings();
    if (nothingNew || (toldAny && now - nextAt < 0)) {
      return false;
    }
    log.warn("{} {}", name, sentence(told, sum));
    told = sum;
    toldAny = true;
    nextAt = now + INTERVAL_NANOS;
    return true;
  }

  static String sentence(Rejections before, Rejections now) {
    return "refused "
        + (now.streams() - before.streams())
        + " incoming streams: nobody listened "
        + (now.noListener() - before.noListener())
        + ", full "
        + (now.backlog() - before.backlog())
        + ", access list "
        + (now.access() - before.access())
        + ", concurrent streams "
        + (now.maxStreams() - before.maxStreams())
        + ", limit of one peer "
        + (now.peerRate() - before.peerRate())
        + ", limit of all peers "
        + (now.totalRate() - before.totalRate())
        + "; and "
        + (now.pings() - before.pings())
        + " pings";
  }
}
