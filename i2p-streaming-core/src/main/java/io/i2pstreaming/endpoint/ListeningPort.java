package io.i2pstreaming.endpoint;

import io.i2pstreaming.identity.Hash;
import org.jspecify.annotations.Nullable;

/**
 * One listening port: who takes its streams, how many it has, and how far its own rules are used
 * up. Applies the acceptor's rules beside those of the whole endpoint. Serves {@link SynAdmission}.
 */
public final class ListeningPort {
  final StreamAcceptor acceptor;
  final StreamTally tally;
  private final AdmissionPolicy own = new AdmissionPolicy(AdmissionRules.NONE);

  ListeningPort(StreamAcceptor acceptor, EndpointCounters counters) {
    this.acceptor = acceptor;
    this.tally = new StreamTally(counters, true);
  }

  /** Whether a list of this port refuses the peer; counts nothing. */
  boolean refuses(Hash peer) {
    return acceptor.rules().refuses(peer);
  }

  /**
   * Why a SYN to {@code port}, which may be another one when this takes all, is refused, or null;
   * counts the attempt. The endpoint's rules come first, but neither's list is ever answered.
   */
  @Nullable Refusal judgeSyn(
      long now, Hash peer, int port, AdmissionPolicy endpoint, int streamsOfEndpoint) {
    AdmissionRules rules = acceptor.rules();
    if (rules.refuses(peer)) {
      return Refusal.SILENT_ACCESS;
    }
    Refusal refusal = endpoint.judgeSyn(now, peer, port, streamsOfEndpoint);
    if (refusal != null) {
      return refusal;
    }
    own.rules(rules);
    return own.judgeSyn(now, peer, port, tally.streams());
  }
}
