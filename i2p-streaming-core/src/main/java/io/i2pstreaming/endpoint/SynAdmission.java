package io.i2pstreaming.endpoint;

import io.i2pstreaming.connection.StreamPorts;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.Hash;
import io.i2pstreaming.wire.PacketFlags;
import io.i2pstreaming.wire.PacketView;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides about SYNs of streams that are not open yet: the cheap questions first, then the
 * signature, then the listener's acceptor. Only a SYN that is proven genuine is ever answered with
 * RESET, and those at a limited rate. Knows the listeners; creates no connection.
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
  private final TokenBucket resets = new TokenBucket(RESETS_AT_ONCE, NANOS_PER_RESET);
  private final Map<Integer, StreamAcceptor> listeners = new HashMap<>();

  SynAdmission(LocalIdentity local, LoosePackets output, EndpointCounters counters) {
    this.local = local;
    this.output = output;
    this.counters = counters;
  }

  boolean listen(int port, StreamAcceptor acceptor) {
    return listeners.putIfAbsent(port, acceptor) == null;
  }

  void unlisten(int port) {
    listeners.remove(port);
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
   * Verifies a new SYN and asks the listener of its port.
   *
   * @param full whether there is no room for another connection
   * @return what to build the connection from, or null when it is refused or forged
   */
  @Nullable Admitted admit(long now, int fromPort, int toPort, PacketView syn, boolean full) {
    StreamAcceptor acceptor = listeners.get(toPort);
    if (acceptor == null) {
      acceptor = listeners.get(0);
    }
    boolean refused = full || acceptor == null;
    RemoteAuth auth = refused && !resets.available(now) ? null : verified(now, syn);
    if (acceptor == null) {
      counters.refusedNoListener++;
    } else if (refused) {
      counters.refusedBacklog++;
    }
    if (auth == null) {
      return null;
    }
    if (acceptor != null && !refused) {
      StreamPorts ports = acceptor.accept(auth.remote(), toPort, fromPort);
      if (ports != null) {
        return new Admitted(auth, acceptor, ports);
      }
      counters.refusedBacklog++;
    }
    reset(now, fromPort, toPort, syn, auth);
    return null;
  }

  /** Refuses a SYN without asking anybody. */
  void refuse(long now, int fromPort, int toPort, PacketView syn) {
    RemoteAuth auth = resets.available(now) ? verified(now, syn) : null;
    if (auth != null) {
      reset(now, fromPort, toPort, syn, auth);
    }
  }

  private void reset(long now, int fromPort, int toPort, PacketView syn, RemoteAuth auth) {
    if (resets.take(now)
        && output.reset(
            now, auth, /* fromPort= */ toPort, /* toPort= */ fromPort, syn.receiveStreamId())) {
      counters.resetsSent++;
    }
  }

  private @Nullable RemoteAuth verified(long now, PacketView syn) {
    Destination peer = fromOf(syn);
    RemoteAuth auth = peer == null ? null : new RemoteAuth(local, peer);
    if (auth == null || !auth.verify(now, syn)) {
      counters.badSignature++;
      return null;
    }
    return auth;
  }

  /** The sender's destination, or null when there is none or it is not one. */
  static @Nullable Destination fromOf(PacketView packet) {
    if (packet.fromLength() == 0) {
      return null;
    }
    try {
      return Destination.parse(packet.buffer(), packet.fromOffset(), packet.fromLength());
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  /** A SYN that may become a connection. */
  record Admitted(RemoteAuth auth, StreamAcceptor acceptor, StreamPorts ports) {}
}
