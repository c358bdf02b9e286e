package io.i2pstreaming.identity;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A private signing key, decoded once. Held by {@link DestinationKeys} alone; signing needs no
 * randomness and any thread may do it.
 */
abstract class SigningKey {
  private final SigningKeyType type;
  private final byte[] publicKey;

  private SigningKey(SigningKeyType type, byte[] publicKey) {
    this.type = type;
    this.publicKey = publicKey;
  }

  /** Whether we can sign with this type. The others can be verified, but not held. */
  static boolean supports(SigningKeyType type) {
    return switch (type) {
      case DSA_SHA1,
          ECDSA_SHA256_P256,
          ECDSA_SHA384_P384,
          ECDSA_SHA512_P521,
          EDDSA_SHA512_ED25519 ->
          true;
      case RSA_SHA256_2048,
          RSA_SHA384_3072,
          RSA_SHA512_4096,
          EDDSA_SHA512_ED25519PH,
          REDDSA_SHA512_ED25519 ->
          false;
    };
  }

  /** The bytes of a new private key. */
  static byte[] generate(SigningKeyType type, SecureRandom random) {
    if (type == SigningKeyType.EDDSA_SHA512_ED25519) {
      byte[] seed = new byte[type.privateKeyLength()];
      random.nextBytes(seed);
      return seed;
    }
    BigInteger order = order(type);
    BigInteger number;
    do {
      number = new BigInteger(order.bitLength(), random);
    } while (number.signum() == 0 || number.compareTo(order) >= 0);
    return FixedWidth.single(number, type.privateKeyLength());
  }

  /**
   * Decodes a private key.
   *
   * @throws IllegalArgumentException if we cannot sign with the type, or the key is out of range
   */
  static SigningKey of(SigningKeyType type, byte[] privateKey) {
    if (type == SigningKeyType.EDDSA_SHA512_ED25519) {
      return new Ed25519Key(new Ed25519PrivateKeyParameters(privateKey, 0));
    }
    BigInteger order = order(type);
    BigInteger number = new BigInteger(1, privateKey);
    if (number.signum() == 0 || number.compareTo(order) >= 0) {
      throw new IllegalArgumentException("the private key is out of range");
    }
    return type == SigningKeyType.DSA_SHA1 ? new DsaKey(number) : new EcdsaKey(type, number);
  }

  /** Writes the signature, which may overwrite part of the message. */
  abstract void sign(byte[] message, int offset, int length, byte[] target, int targetOffset);

  final SigningKeyType type() {
    return type;
  }

  final byte[] publicKey() {
    return publicKey.clone();
  }

  private static BigInteger order(SigningKeyType type) {
    if (!supports(type)) {
      throw new IllegalArgumentException(
          "cannot sign with keys of type " + type + "; EDDSA_SHA512_ED25519 is the usual type");
    }
    return type == SigningKeyType.DSA_SHA1 ? DsaSignatures.order() : EcdsaSignatures.order(type);
  }

  private static final class Ed25519Key extends SigningKey {
    private final Ed25519PrivateKeyParameters key;

    Ed25519Key(Ed25519PrivateKeyParameters key) {
      // The parameters keep the public key that is derived here; each signature needs it.
      super(SigningKeyType.EDDSA_SHA512_ED25519, key.generatePublicKey().getEncoded());
      this.key = key;
    }

    @Override
    void sign(byte[] message, int offset, int length, byte[] target, int targetOffset) {
      key.sign(Ed25519.Algorithm.Ed25519, null, message, offset, length, target, targetOffset);
    }
  }

  private static final class DsaKey extends SigningKey {
    private final BigInteger number;

    DsaKey(BigInteger number) {
      super(SigningKeyType.DSA_SHA1, DsaSignatures.publicKey(number));
      this.number = number;
    }

    @Override
    void sign(byte[] message, int offset, int length, byte[] target, int targetOffset) {
      byte[] signature = DsaSignatures.sign(number, message, offset, length);
      System.arraycopy(signature, 0, target, targetOffset, signature.length);
    }
  }

  private static final class EcdsaKey extends SigningKey {
    private final BigInteger number;

    EcdsaKey(SigningKeyType type, BigInteger number) {
      super(type, EcdsaSignatures.publicKey(type, number));
      this.number = number;
    }

    @Override
    void sign(byte[] message, int offset, int length, byte[] target, int targetOffset) {
      byte[] signature = EcdsaSignatures.sign(type(), number, message, offset, length);
      System.arraycopy(signature, 0, target, targetOffset, signature.length);
    }
  }
}
