package io.i2pstreaming.identity;

import java.util.Arrays;
import java.util.Objects;

/**
 * A transient signing key, vouched for by a destination's long-term key until it expires. Knows its
 * bytes and whether they are signed; never looks at a clock. Immutable.
 *
 * <p>Common structures specification, "Offline Signature".
 */
public final class OfflineSignature {
  /** Expiry in seconds and the transient key's type, before the transient key. */
  private static final int HEADER_LENGTH = 6;

  private final byte[] block;
  private final SigningKeyType transientType;

  private OfflineSignature(byte[] block, SigningKeyType transientType) {
    this.block = block;
    this.transientType = transientType;
  }

  /**
   * Parses the block at the start of {@code bytes[offset, offset+length)}; surplus is ignored. The
   * signature's length follows from {@code signer}, the type of the destination's own key.
   *
   * @throws IllegalArgumentException if the bytes end before the block does, or the transient key's
   *     type is unknown
   */
  public static OfflineSignature parse(
      byte[] bytes, int offset, int length, SigningKeyType signer) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length < HEADER_LENGTH) {
      throw new IllegalArgumentException("the offline signature is cut off");
    }
    int code = ((bytes[offset + 4] & 0xff) << 8) | (bytes[offset + 5] & 0xff);
    SigningKeyType type = SigningKeyType.ofCode(code);
    if (type == null) {
      throw new IllegalArgumentException("the transient key has the unknown type " + code);
    }
    int needed = HEADER_LENGTH + type.publicKeyLength() + signer.signatureLength();
    if (length < needed) {
      throw new IllegalArgumentException(
          "the offline signature is cut off: it needs " + needed + " bytes, not " + length);
    }
    return new OfflineSignature(Arrays.copyOfRange(bytes, offset, offset + needed), type);
  }

  /** When the transient key ends, in seconds since 1970: 0 to 2^32−1. */
  public long expiresEpochSeconds() {
    return ((block[0] & 0xffL) << 24)
        | ((block[1] & 0xff) << 16)
        | ((block[2] & 0xff) << 8)
        | (block[3] & 0xff);
  }

  /** The type of the transient key. */
  public SigningKeyType transientType() {
    return transientType;
  }

  /** The transient public key. */
  public byte[] transientPublicKey() {
    return Arrays.copyOfRange(block, HEADER_LENGTH, signatureAt());
  }

  /** The long-term key's signature over all that stands before it. */
  public byte[] signature() {
    return Arrays.copyOfRange(block, signatureAt(), block.length);
  }

  /** Bytes of the block. */
  public int length() {
    return block.length;
  }

  /** The block as on the wire. */
  public byte[] toBytes() {
    return block.clone();
  }

  /**
   * Whether {@code destination}'s key signed it (expiry is not looked at). A destination whose type
   * we cannot verify signed nothing.
   */
  public boolean isSignedBy(Destination destination) {
    SigningKeyType type = destination.signingKeyType();
    return type != null
        && Signatures.canVerify(type)
        && type.signatureLength() == block.length - signatureAt()
        && Signatures.verify(
            type, destination.signingPublicKey(), block, 0, signatureAt(), block, signatureAt());
  }

  private int signatureAt() {
    return HEADER_LENGTH + transientType.publicKeyLength();
  }
}
