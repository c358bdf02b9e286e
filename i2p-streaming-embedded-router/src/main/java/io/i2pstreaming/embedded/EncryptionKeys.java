package io.i2pstreaming.embedded;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.crypto.agreement.DHStandardGroups;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * The encryption types a lease set may offer here, and whether a private key belongs to a public
 * one. The keys are only checked: nothing is encrypted inside one process.
 *
 * <p>I2CP specification, "CreateLeaseSet2Message"; common structures, "PublicKey".
 */
final class EncryptionKeys {
  static final int ELGAMAL = 0;
  static final int ELGAMAL_LENGTH = 256;
  static final int ECIES_X25519 = 4;
  static final int X25519_LENGTH = 32;

  private EncryptionKeys() {}

  /** Bytes of a key of either kind, or −1 for a type that this router does not know. */
  static int length(int type) {
    return switch (type) {
      case ELGAMAL -> ELGAMAL_LENGTH;
      case ECIES_X25519 -> X25519_LENGTH;
      default -> -1;
    };
  }

  /** Whether a session option names a type that this router knows, by number or by name. */
  static boolean supports(String option) {
    return switch (option) {
      case "0", "4", "ELGAMAL_2048", "ECIES_X25519" -> true;
      default -> false;
    };
  }

  /** Whether both keys of {@code type} make a pair. */
  static boolean pair(int type, byte[] publicKey, byte[] privateKey) {
    if (publicKey.length != length(type) || privateKey.length != length(type)) {
      return false;
    }
    if (type == ECIES_X25519) {
      byte[] derived = new byte[X25519_LENGTH];
      X25519.generatePublicKey(privateKey, 0, derived, 0);
      return Arrays.equals(derived, publicKey);
    }
    BigInteger prime = DHStandardGroups.rfc3526_2048.getP();
    BigInteger exponent = new BigInteger(1, privateKey);
    return BigInteger.TWO.modPow(exponent, prime).equals(new BigInteger(1, publicKey));
  }
}
