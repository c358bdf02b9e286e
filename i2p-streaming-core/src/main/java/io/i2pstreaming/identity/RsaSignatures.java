package io.i2pstreaming.identity;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.RSADigestSigner;

/**
 * RSA with PKCS #1 v1.5 padding and the exponent 65537. Verifies only: routers refuse to host RSA
 * destinations, so we never are one.
 *
 * <p>Common structures specification, "Signature".
 */
final class RsaSignatures {
  private static final BigInteger EXPONENT = BigInteger.valueOf(65_537);

  private RsaSignatures() {}

  static boolean verify(
      SigningKeyType type,
      byte[] publicKey,
      byte[] message,
      int offset,
      int length,
      byte[] signature,
      int at) {
    BigInteger modulus = new BigInteger(1, publicKey);
    if (modulus.bitLength() != 8 * publicKey.length || !modulus.testBit(0)) {
      return false;
    }
    RSADigestSigner verifier = new RSADigestSigner(digest(type));
    // The last argument leaves out BouncyCastle's search for small factors and its primality test
    // of the modulus: tens of milliseconds that any stranger could make us spend, to find out that
    // his key is weak, which is his own affair.
    verifier.init(false, new RSAKeyParameters(false, modulus, EXPONENT, true));
    verifier.update(message, offset, length);
    return verifier.verifySignature(Arrays.copyOfRange(signature, at, at + type.signatureLength()));
  }

  private static Digest digest(SigningKeyType type) {
    return switch (type) {
      case RSA_SHA256_2048 -> new SHA256Digest();
      case RSA_SHA384_3072 -> new SHA384Digest();
      case RSA_SHA512_4096 -> new SHA512Digest();
      default -> throw new IllegalArgumentException(type + " is not RSA");
    };
  }
}
