package io.i2pstreaming.identity;

/**
 * A transient signing key, vouched for by a destination's long-term key until it expires.
 *
 * <p>Common structures specification, "Offline Signature".
 */
public final class OfflineSignature {
  /** Parses the block at {@code offset}; the signature's length follows from {@code signer}. */
  public static OfflineSignature parse(
      byte[] bytes, int offset, int length, SigningKeyType signer) {
    throw new UnsupportedOperationException("seam");
  }

  /** When the transient key ends, in seconds since 1970. */
  public long expiresEpochSeconds() {
    throw new UnsupportedOperationException("seam");
  }

  /** The type of the transient key. */
  public SigningKeyType transientType() {
    throw new UnsupportedOperationException("seam");
  }

  /** The transient public key. */
  public byte[] transientPublicKey() {
    throw new UnsupportedOperationException("seam");
  }

  /** The block as on the wire. */
  public byte[] toBytes() {
    throw new UnsupportedOperationException("seam");
  }

  /** Whether {@code destination}'s key signed it (expiry is not looked at). */
  public boolean isSignedBy(Destination destination) {
    throw new UnsupportedOperationException("seam");
  }
}
