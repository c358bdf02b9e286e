package io.i2pstreaming.endpoint;

import io.i2pstreaming.identity.Hash;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts the attempts of peers in a fixed window of time, whose end clears all counts. Counts
 * before it judges; the total only grows by peers that are not over their own limit. Told the time.
 *
 * <p>The first window begins with the first attempt: it tells nobody when this destination started.
 * A count is forgotten early only when so many other identities came since the peer last tried as
 * fit in here. Whoever can make those has that many times the limit anyway: against them there is
 * the limit of all peers together.
 */
final class Throttle {
  /** Peers counted one by one; the one that tried least recently is forgotten for one more. */
  static final int MAX_PEERS = 16_384;

  /** What an attempt is. */
  enum Outcome {
    PASSED,
    PEER_OVER,
    TOTAL_OVER
  }

  private final long windowNanos;
  private final Map<Hash, Integer> byPeer =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash, Integer> eldest) {
          return size() > MAX_PEERS;
        }
      };
  private long total;
  private long startedAt;
  private boolean started;

  Throttle(long windowNanos) {
    this.windowNanos = windowNanos;
  }

  /** Counts an attempt; a limit of 0 is none. */
  Outcome count(long now, Hash peer, int perPeer, int inTotal) {
    roll(now);
    if (perPeer > 0 && byPeer.merge(peer, 1, Integer::sum) > perPeer) {
      return Outcome.PEER_OVER;
    }
    return inTotal > 0 && ++total > inTotal ? Outcome.TOTAL_OVER : Outcome.PASSED;
  }

  /** Whether this peer has made more than {@code attempts} in the present window. */
  boolean isOver(Hash peer, long attempts) {
    return byPeer.getOrDefault(peer, 0) > attempts;
  }

  private void roll(long now) {
    if (!started) {
      started = true;
      startedAt = now;
    }
    long windows = (now - startedAt) / windowNanos;
    if (windows > 0) {
      startedAt += windows * windowNanos;
      byPeer.clear();
      total = 0;
    }
  }
}
