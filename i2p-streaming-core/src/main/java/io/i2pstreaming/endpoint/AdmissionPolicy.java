package io.i2pstreaming.endpoint;

import io.i2pstreaming.identity.Hash;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies the {@link AdmissionRules} to peers whose signature was verified, in the reference's
 * order: concurrent streams, lists, then the limits of the day, the hour and the minute, an earlier
 * refusal leaving later counts as they are. Says how a refusal is answered; answers nothing itself.
 */
final class AdmissionPolicy {
  /** Attempts over its own limit after which a peer gets no answer any more. */
  private static final int ANSWERED_OVER_LIMIT = 3;

  private static final int RETRY_CONCURRENT_SECONDS = 120;
  private static final int HTTPS_PORT = 443;
  private static final int[] WINDOW_SECONDS = {60, 3_600, 86_400};

  private final List<Throttle> throttles = List.of(throttle(0), throttle(1), throttle(2));

  /** Volatile: an application changes it while the loop judges. */
  private volatile AdmissionRules rules;

  AdmissionPolicy(AdmissionRules rules) {
    this.rules = rules;
  }

  private static Throttle throttle(int window) {
    return new Throttle(WINDOW_SECONDS[window] * 1_000_000_000L);
  }

  /** Applies to whoever comes next; counts stay. Any thread. */
  void rules(AdmissionRules rules) {
    this.rules = rules;
  }

  /** Whether a list refuses this peer; counts nothing. */
  boolean refuses(Hash peer) {
    return rules.refuses(peer);
  }

  /** Whether there is room for one more beside so many open streams. */
  boolean hasRoom(int streams) {
    int most = rules.limits().maxConcurrentStreams();
    return most == 0 || streams < most;
  }

  /** Why a SYN to this port is refused, or null; counts the attempt. */
  @Nullable Refusal judgeSyn(long now, Hash peer, int port, int streams) {
    boolean listed = rules.refuses(peer);
    if (!hasRoom(streams)) {
      return listed
          ? Refusal.SILENT_ACCESS
          : refusal(Refusal.Reason.MAX_STREAMS, peer, port, RETRY_CONCURRENT_SECONDS);
    }
    return judge(now, peer, port);
  }

  /** Why a ping outside a connection is refused, or null; counts like a SYN. Never answered. */
  @Nullable Refusal judgePing(long now, Hash peer) {
    return judge(now, peer, 0);
  }

  private @Nullable Refusal judge(long now, Hash peer, int port) {
    if (rules.refuses(peer)) {
      return Refusal.SILENT_ACCESS;
    }
    for (int window = throttles.size() - 1; window >= 0; window--) {
      ConnectionLimits limits = rules.limits();
      int perPeer = limits.perPeer(window);
      Throttle.Outcome outcome =
          throttles.get(window).count(now, peer, perPeer, limits.total(window));
      if (outcome != Throttle.Outcome.PASSED) {
        boolean own = outcome == Throttle.Outcome.PEER_OVER;
        Refusal.Reason reason = own ? Refusal.Reason.PEER_RATE : Refusal.Reason.TOTAL_RATE;
        return refusal(reason, peer, port, WINDOW_SECONDS[window]);
      }
    }
    return null;
  }

  private Refusal refusal(Refusal.Reason reason, Hash peer, int port, int retryAfterSeconds) {
    String action = rules.limits().limitAction();
    if (action.equals("drop") || isFarOver(peer)) {
      return Refusal.silent(reason);
    }
    if (action.equals("reset") || port == HTTPS_PORT) {
      return Refusal.reset(reason);
    }
    return action.equals("http")
        ? Refusal.http(reason, retryAfterSeconds)
        : Refusal.text(reason, action);
  }

  /** Answers cost more than attempts: who does not listen gets none. */
  private boolean isFarOver(Hash peer) {
    for (int window = 0; window < throttles.size(); window++) {
      long perPeer = rules.limits().perPeer(window);
      if (perPeer > 0 && throttles.get(window).isOver(peer, perPeer + ANSWERED_OVER_LIMIT)) {
        return true;
      }
    }
    return false;
  }
}
