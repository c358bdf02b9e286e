package io.i2pstreaming.endpoint;

import io.i2pstreaming.connection.StreamPorts;
import io.i2pstreaming.identity.Hash;
import io.i2pstreaming.wire.PacketFlags;
import io.i2pstreaming.wire.PacketView;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides about SYNs of streams that are not open yet: the cheap questions first, then the
 * signature, the rules, the listener's acceptor. Only a SYN that is proven genuine is ever
 * answered, and those at a limited rate. Knows the listeners; creates no connection.
 *
 * <p>Streaming specification, "Replay Prevention"; a responder's order of checks.
 */
final class SynAdmission {
  static final int MAX_HALF_OPEN = 256;
  private static final int RESETS_AT_ONCE = 64;
  private static final long NANOS_PER_RESET = 30_000_000L;

  private final LocalIdentity local;
  private final LoosePackets output;
  private final EndpointCounters counters;
  private final SenderCheck senders;
  private final AdmissionPolicy policy;
  private final TokenBucket resets = new TokenBucket(RESETS_AT_ONCE, NANOS_PER_RESET);
  private final Map<Integer, ListeningPort> listeners;

  SynAdmission(
      LocalIdentity local,
      LoosePackets output,
      EndpointCounters counters,
      SenderCheck senders,
      AdmissionPolicy policy,
      Map<Integer, ListeningPort> listeners) {
    this.local = local;
    this.output = output;
    this.counters = counters;
    this.senders = senders;
    this.policy = policy;
    this.listeners = listeners;
  }

  boolean listen(int port, StreamAcceptor acceptor) {
    return listeners.putIfAbsent(port, new ListeningPort(acceptor, counters)) == null;
  }

  void unlisten(int port) {
    listeners.remove(port);
  }

  private @Nullable ListeningPort listening(int port) {
    ListeningPort own = listeners.get(port);
    return own == null ? listeners.get(0) : own;
  }

  /** Who opened the stream of this SYN; null when it cannot be an initiator's SYN for us. */
  @Nullable PeerKey peerOf(PacketView syn) {
    boolean wellFormed =
        syn.fromLength() > 0
            && syn.signatureLength() > 0
            && syn.receiveStreamId() != 0
            && syn.sequence() == 0
            && !syn.has(PacketFlags.RESET);
    if (!wellFormed) {
      counters.malformed++;
      return null;
    }
    if (syn.nackCount() == 8 && !meantForUs(syn)) {
      counters.replayed++;
      return null;
    }
    return new PeerKey(
        Hash.of(syn.buffer(), syn.fromOffset(), syn.fromLength()), syn.receiveStreamId());
  }

  /** Newer initiators name the destination they mean; other counts come from older ones. */
  private boolean meantForUs(PacketView syn) {
    int start = syn.nackOffset();
    byte[] own = local.hash();
    return Arrays.equals(syn.buffer(), start, start + own.length, own, 0, own.length);
  }

  /**
   * Verifies a new SYN, applies the rules and asks the listener of its port.
   *
   * @param full whether there is no room for another connection
   * @param ownStreamId an unused id of ours for a refusal
   * @return what to build the connection from, or null when it is refused or forged
   */
  @Nullable Admitted admit(
      long now, int fromPort, int toPort, PacketView syn, boolean full, int ownStreamId) {
    ListeningPort listening = listening(toPort);
    if (listening == null || full) {
      if (listening == null) {
        counters.refusedNoListener++;
      } else {
        counters.refusedBacklog++;
      }
      refuse(now, fromPort, toPort, syn);
      return null;
    }
    RemoteAuth auth = senders.verified(now, syn);
    if (auth == null) {
      return null;
    }
    Hash peer = auth.remote().hash();
    Refusal refusal = listening.judgeSyn(now, peer, toPort, policy, counters.streams());
    if (refusal != null) {
      counters.refusedStream(refusal.reason);
      answer(now, fromPort, toPort, syn, auth, refusal, ownStreamId);
      return null;
    }
    StreamPorts ports = listening.acceptor.accept(auth.remote(), toPort, fromPort);
    if (ports != null) {
      return new Admitted(auth, listening, ports);
    }
    counters.refusedBacklog++;
    reset(now, fromPort, toPort, syn, auth);
    return null;
  }

  /** Refuses a SYN without asking anybody; who is on a list hears nothing here either. */
  void refuse(long now, int fromPort, int toPort, PacketView syn) {
    RemoteAuth auth = resets.available(now) ? senders.verified(now, syn) : null;
    if (auth != null && !isListed(auth.remote().hash(), listening(toPort))) {
      reset(now, fromPort, toPort, syn, auth);
    }
  }

  private boolean isListed(Hash peer, @Nullable ListeningPort listening) {
    return policy.refuses(peer) || (listening != null && listening.refuses(peer));
  }

  private void answer(
      long now,
      int fromPort,
      int toPort,
      PacketView syn,
      RemoteAuth auth,
      Refusal refusal,
      int ownStreamId) {
    byte[] text = refusal.payload;
    if (refusal.answered
        && resets.take(now)
        && output.refusal(
            now, auth, /* fromPort= */ toPort, /* toPort= */ fromPort, syn, ownStreamId, text)
        && text == null) {
      counters.resetsSent++;
    }
  }

  private void reset(long now, int fromPort, int toPort, PacketView syn, RemoteAuth auth) {
    if (resets.take(now)
        && output.reset(
            now, auth, /* fromPort= */ toPort, /* toPort= */ fromPort, syn.receiveStreamId())) {
      counters.resetsSent++;
    }
  }

  /** A SYN that may become a connection. */
  record Admitted(RemoteAuth auth, ListeningPort listening, StreamPorts ports) {}
}
