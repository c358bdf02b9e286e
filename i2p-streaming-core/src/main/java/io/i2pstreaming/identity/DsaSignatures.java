package io.i2pstreaming.identity;

import java.math.BigInteger;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.DSAParameters;
import org.bouncycastle.crypto.params.DSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.DSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.DSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;

/**
 * DSA with SHA-1 in I2P's own group: what destinations without a key certificate sign with.
 *
 * <p>Cryptography specification, "DSA".
 */
final class DsaSignatures {
  private static final int NUMBER_LENGTH = 20;

  private static final BigInteger P =
      new BigInteger(
          "9c05b2aa960d9b97b8931963c9cc9e8c3026e9b8ed92fad0a69cc886d5bf8015"
              + "fcadae31a0ad18fab3f01b00a358de237655c4964afaa2b337e96ad316b9fb1c"
              + "c564b5aec5b69a9ff6c3e4548707fef8503d91dd8602e867e6d35d2235c1869c"
              + "e2479c3b9d5401de04e0727fb33d6511285d4cf29538d9e3b6051f5b22cc1c93",
          16);
  private static final BigInteger Q =
      new BigInteger("a5dfc28fef4ca1e286744cd8eed9d29d684046b7", 16);
  private static final BigInteger G =
      new BigInteger(
          "0c1f4d27d40093b429e962d7223824e0bbc47e7c832a39236fc683af84889581"
              + "075ff9082ed32353d4374d7301cda1d23c431f4698599dda02451824ff369752"
              + "593647cc3ddc197de985e43d136cdcfc6bd5409cd2f450821142a5e6f8eb1c3a"
              + "b5d0484b8129fcf17bce4f7f33321c3cb3dbb14a905e7b2b3e93be4708cbcc82",
          16);
  private static final DSAParameters GROUP = new DSAParameters(P, Q, G);

  private DsaSignatures() {}

  static boolean verify(
      byte[] publicKey, byte[] message, int offset, int length, byte[] signature, int at) {
    DSASigner signer = new DSASigner();
    try {
      BigInteger y = FixedWidth.read(publicKey, 0, publicKey.length);
      signer.init(false, new DSAPublicKeyParameters(y, GROUP));
    } catch (IllegalArgumentException notInTheGroup) {
      return false;
    }
    return signer.verifySignature(
        FixedWidth.digest(new SHA1Digest(), message, offset, length),
        FixedWidth.read(signature, at, NUMBER_LENGTH),
        FixedWidth.read(signature, at + NUMBER_LENGTH, NUMBER_LENGTH));
  }

  static BigInteger order() {
    return Q;
  }

  static byte[] publicKey(BigInteger x) {
    return FixedWidth.single(G.modPow(x, P), SigningKeyType.DSA_SHA1.publicKeyLength());
  }

  /** Signs with the nonce of RFC 6979, so that signing needs no randomness. */
  static byte[] sign(BigInteger x, byte[] message, int offset, int length) {
    DSASigner signer = new DSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new DSAPrivateKeyParameters(x, GROUP));
    BigInteger[] rs =
        signer.generateSignature(FixedWidth.digest(new SHA1Digest(), message, offset, length));
    return FixedWidth.pair(rs[0], rs[1], 2 * NUMBER_LENGTH);
  }
}
