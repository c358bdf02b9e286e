package io.i2pstreaming.identity;

import java.util.Objects;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Verifies signatures through BouncyCastle's lightweight API. Stateless; any thread may call it.
 * Signing is in {@link DestinationKeys}.
 *
 * <p>Common structures specification, "Signature".
 */
public final class Signatures {
  private Signatures() {}

  /** Whether {@link #verify} takes this type: all but Ed25519ph. */
  public static boolean canVerify(SigningKeyType type) {
    return type != SigningKeyType.EDDSA_SHA512_ED25519PH;
  }

  /**
   * Whether {@code signature[signatureOffset, +type.signatureLength())} is {@code publicKey}'s over
   * {@code message[offset, offset+length)}. Malformed keys and signatures are simply not valid.
   *
   * @throws IllegalArgumentException if the type is Ed25519ph: I2P's differs from RFC 8032's and
   *     nobody signs streams with it
   * @throws IndexOutOfBoundsException if a range does not lie in its array
   */
  public static boolean verify(
      SigningKeyType type,
      byte[] publicKey,
      byte[] message,
      int offset,
      int length,
      byte[] signature,
      int signatureOffset) {
    if (!canVerify(type)) {
      throw new IllegalArgumentException("signatures of type " + type + " are not accepted");
    }
    Objects.checkFromIndexSize(offset, length, message.length);
    Objects.checkFromIndexSize(signatureOffset, type.signatureLength(), signature.length);
    if (publicKey.length != type.publicKeyLength()) {
      return false;
    }
    return switch (type) {
      case DSA_SHA1 ->
          DsaSignatures.verify(publicKey, message, offset, length, signature, signatureOffset);
      case ECDSA_SHA256_P256, ECDSA_SHA384_P384, ECDSA_SHA512_P521 ->
          EcdsaSignatures.verify(
              type, publicKey, message, offset, length, signature, signatureOffset);
      case RSA_SHA256_2048, RSA_SHA384_3072, RSA_SHA512_4096 ->
          RsaSignatures.verify(
              type, publicKey, message, offset, length, signature, signatureOffset);
      // RedDSA differs from Ed25519 in how a signature is made, not in how it is verified.
      case EDDSA_SHA512_ED25519, REDDSA_SHA512_ED25519 ->
          Ed25519.verify(signature, signatureOffset, publicKey, 0, message, offset, length);
      case EDDSA_SHA512_ED25519PH -> false;
    };
  }
}
