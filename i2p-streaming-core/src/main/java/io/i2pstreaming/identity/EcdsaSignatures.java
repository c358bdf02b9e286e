package io.i2pstreaming.identity;

import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;

/**
 * ECDSA on the three NIST curves. Public keys are x and y, signatures r and s, side by side.
 *
 * <p>Common structures specification, "Signature".
 */
final class EcdsaSignatures {
  private EcdsaSignatures() {}

  static boolean verify(
      SigningKeyType type,
      byte[] publicKey,
      byte[] message,
      int offset,
      int length,
      byte[] signature,
      int at) {
    ECDomainParameters curve = curve(type);
    int coordinateLength = type.publicKeyLength() / 2;
    ECDSASigner signer = new ECDSASigner();
    try {
      // Both refuse a point that is not on the curve.
      ECPoint point =
          curve
              .getCurve()
              .validatePoint(
                  FixedWidth.read(publicKey, 0, coordinateLength),
                  FixedWidth.read(publicKey, coordinateLength, coordinateLength));
      signer.init(false, new ECPublicKeyParameters(point, curve));
    } catch (IllegalArgumentException notOnTheCurve) {
      return false;
    }
    int numberLength = type.signatureLength() / 2;
    return signer.verifySignature(
        FixedWidth.digest(digest(type), message, offset, length),
        FixedWidth.read(signature, at, numberLength),
        FixedWidth.read(signature, at + numberLength, numberLength));
  }

  static BigInteger order(SigningKeyType type) {
    return curve(type).getN();
  }

  static byte[] publicKey(SigningKeyType type, BigInteger d) {
    ECPoint point = curve(type).getG().multiply(d).normalize();
    return FixedWidth.pair(
        point.getAffineXCoord().toBigInteger(),
        point.getAffineYCoord().toBigInteger(),
        type.publicKeyLength());
  }

  /** Signs with the nonce of RFC 6979, so that signing needs no randomness. */
  static byte[] sign(SigningKeyType type, BigInteger d, byte[] message, int offset, int length) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(digest(type)));
    signer.init(true, new ECPrivateKeyParameters(d, curve(type)));
    BigInteger[] rs =
        signer.generateSignature(FixedWidth.digest(digest(type), message, offset, length));
    return FixedWidth.pair(rs[0], rs[1], type.signatureLength());
  }

  private static ECDomainParameters curve(SigningKeyType type) {
    return switch (type) {
      case ECDSA_SHA256_P256 -> P256.CURVE;
      case ECDSA_SHA384_P384 -> P384.CURVE;
      case ECDSA_SHA512_P521 -> P521.CURVE;
      default -> throw new IllegalArgumentException(type + " is not ECDSA");
    };
  }

  private static Digest digest(SigningKeyType type) {
    return switch (type) {
      case ECDSA_SHA256_P256 -> new SHA256Digest();
      case ECDSA_SHA384_P384 -> new SHA384Digest();
      case ECDSA_SHA512_P521 -> new SHA512Digest();
      default -> throw new IllegalArgumentException(type + " is not ECDSA");
    };
  }

  private static ECDomainParameters named(String name) {
    X9ECParameters parameters = CustomNamedCurves.getByName(name);
    return new ECDomainParameters(parameters);
  }

  // A class for each curve: most programs never meet one of them, and their tables are large.

  private static final class P256 {
    static final ECDomainParameters CURVE = named("P-256");
  }

  private static final class P384 {
    static final ECDomainParameters CURVE = named("P-384");
  }

  private static final class P521 {
    static final ECDomainParameters CURVE = named("P-521");
  }
}
