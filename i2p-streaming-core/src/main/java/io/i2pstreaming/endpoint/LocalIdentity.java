package io.i2pstreaming.endpoint;

import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.OfflineSignature;
import org.jspecify.annotations.Nullable;

/**
 * The local destination as packets need it, and the wall clock that decides whether offline keys
 * still hold. One per endpoint, shared by the {@link RemoteAuth} of every connection. Never looks
 * at a clock itself: it is told.
 */
final class LocalIdentity {
  private final DestinationKeys keys;
  private final byte[] destination;
  private final byte[] hash;
  private final byte @Nullable [] offlineBlock;
  private final long expiresEpochSeconds;
  private boolean clockKnown;
  private long clockSetAtNanos;
  private long clockEpochMillis;

  LocalIdentity(DestinationKeys keys) {
    this.keys = keys;
    Destination own = keys.destination();
    destination = own.bytes();
    hash = own.hash().bytes();
    OfflineSignature offline = keys.offline();
    offlineBlock = offline == null ? null : offline.toBytes();
    expiresEpochSeconds = offline == null ? Long.MAX_VALUE : offline.expiresEpochSeconds();
  }

  void clock(long now, long epochMillis) {
    clockKnown = true;
    clockSetAtNanos = now;
    clockEpochMillis = epochMillis;
  }

  /** Shared with every connection; nobody writes to it. */
  byte[] destination() {
    return destination;
  }

  byte[] hash() {
    return hash;
  }

  byte @Nullable [] offlineBlock() {
    return offlineBlock;
  }

  int signatureLength() {
    return keys.signingType().signatureLength();
  }

  /** An offline key is trusted until a clock says otherwise: without it no SYN could ever leave. */
  boolean canSign(long now) {
    return !clockKnown || !expired(now, expiresEpochSeconds);
  }

  /** Whether a peer's key that ends at this second may still be believed; not without a clock. */
  boolean stillValid(long now, long expiresEpochSeconds) {
    return clockKnown && !expired(now, expiresEpochSeconds);
  }

  private boolean expired(long now, long expiresEpochSeconds) {
    long epochMillis = clockEpochMillis + (now - clockSetAtNanos) / 1_000_000;
    return epochMillis / 1000 >= expiresEpochSeconds;
  }

  void sign(byte[] packet, int offset, int length, int signatureOffset) {
    keys.sign(packet, offset, length, packet, signatureOffset);
  }
}
