package io.i2pstreaming.identity;

/** Signs and verifies through BouncyCastle's lightweight API. Stateless. */
public final class Signatures {
  private Signatures() {}

  /**
   * Whether {@code signature[signatureOffset, +type.signatureLength())} is {@code publicKey}'s over
   * the message. Malformed keys and signatures are simply not valid; Ed25519ph is refused with
   * IllegalArgumentException.
   */
  public static boolean verify(
      SigningKeyType type,
      byte[] publicKey,
      byte[] message,
      int offset,
      int length,
      byte[] signature,
      int signatureOffset) {
    throw new UnsupportedOperationException("seam");
  }
}
