package io.i2pstreaming.endpoint;

import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.SigningKeyType;
import io.i2pstreaming.wire.PacketView;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Verifies packets of peers that have no connection yet at a limited rate: a signature is the only
 * expensive thing that a stranger can make us do. What is too much is dropped, and comes again if
 * it was meant. Costly signature types use up more of the rate. SYNs and pings have a rate each, so
 * that a flood of pings keeps no stream from being opened.
 */
final class SenderCheck {
  /** Ed25519 signatures of SYNs verified at once, and the pause after which there is one more. */
  static final int SYNS_AT_ONCE = 64;

  static final long NANOS_PER_SYN = 500_000L;

  /** The same of pings; the costliest signature that there is takes 64 as well. */
  static final int PINGS_AT_ONCE = 64;

  static final long NANOS_PER_PING = 5_000_000L;

  private static final int MAX_PROVEN = 256;

  /** Where an offline block says its key's type: behind the four bytes of its expiry. */
  private static final int OFFLINE_TYPE = 4;

  private final LocalIdentity local;
  private final EndpointCounters counters;
  private final TokenBucket checks;

  /** The latest senders that were proven: the streams of one peer share one destination. */
  private final Map<Destination, Destination> proven =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Destination, Destination> eldest) {
          return size() > MAX_PROVEN;
        }
      };

  private SenderCheck(LocalIdentity local, EndpointCounters counters, TokenBucket checks) {
    this.local = local;
    this.counters = counters;
    this.checks = checks;
  }

  static SenderCheck ofSyns(LocalIdentity local, EndpointCounters counters) {
    return new SenderCheck(local, counters, new TokenBucket(SYNS_AT_ONCE, NANOS_PER_SYN));
  }

  static SenderCheck ofPings(LocalIdentity local, EndpointCounters counters) {
    return new SenderCheck(local, counters, new TokenBucket(PINGS_AT_ONCE, NANOS_PER_PING));
  }

  /** What a verification of this packet takes, in Ed25519 signatures; 0 if nobody signed it. */
  int cost(PacketView packet) {
    Destination peer = fromOf(packet);
    return peer == null ? 0 : cost(peer, packet);
  }

  /** Whether so many may be verified now. */
  boolean hasTimeFor(long now, int signatures) {
    return checks.available(now, signatures);
  }

  /** When so many may be verified, if none is until then. */
  long whenTimeFor(int signatures) {
    return checks.whenAvailable(signatures);
  }

  /** The sender of this packet, or null when it is not proven. */
  @Nullable RemoteAuth verified(long now, PacketView packet) {
    Destination peer = fromOf(packet);
    if (peer == null) {
      counters.badSignature++;
      return null;
    }
    if (!checks.take(now, cost(peer, packet))) {
      counters.unverified++;
      return null;
    }
    Destination known = proven.get(peer);
    RemoteAuth auth = new RemoteAuth(local, known == null ? peer : known);
    if (!auth.verify(now, packet)) {
      counters.badSignature++;
      return null;
    }
    proven.putIfAbsent(peer, peer);
    return auth;
  }

  private static int cost(Destination peer, PacketView packet) {
    return cost(peer.signingKeyType()) + offlineCost(packet);
  }

  /** A packet with a transient key has two signatures, each of a type of its own. */
  private static int offlineCost(PacketView packet) {
    if (packet.offlineLength() == 0) {
      return 0;
    }
    byte[] buffer = packet.buffer();
    int at = packet.offlineOffset() + OFFLINE_TYPE;
    return cost(SigningKeyType.ofCode(((buffer[at] & 0xff) << 8) | (buffer[at + 1] & 0xff)));
  }

  /** In Ed25519 verifications, roughly. */
  private static int cost(@Nullable SigningKeyType type) {
    if (type == null) {
      return 1;
    }
    return switch (type) {
      case DSA_SHA1, ECDSA_SHA256_P256 -> 8;
      case ECDSA_SHA384_P384 -> 16;
      case ECDSA_SHA512_P521 -> 32;
      case RSA_SHA256_2048, RSA_SHA384_3072, RSA_SHA512_4096 -> 4;
      default -> 1;
    };
  }

  /** The sender's destination, or null when there is none or it is not one. */
  private static @Nullable Destination fromOf(PacketView packet) {
    if (packet.fromLength() == 0) {
      return null;
    }
    try {
      return Destination.parse(packet.buffer(), packet.fromOffset(), packet.fromLength());
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }
}
