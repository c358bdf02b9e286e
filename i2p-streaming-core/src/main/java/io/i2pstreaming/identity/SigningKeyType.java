package io.i2pstreaming.identity;

import org.jspecify.annotations.Nullable;

/**
 * Signature types by their wire numbers, with lengths in bytes.
 *
 * <p>Common structures specification, "Key Certificates".
 */
public enum SigningKeyType {
  DSA_SHA1(0, 128, 20, 40),
  ECDSA_SHA256_P256(1, 64, 32, 64),
  ECDSA_SHA384_P384(2, 96, 48, 96),
  ECDSA_SHA512_P521(3, 132, 66, 132),
  RSA_SHA256_2048(4, 256, 512, 256),
  RSA_SHA384_3072(5, 384, 768, 384),
  RSA_SHA512_4096(6, 512, 1024, 512),
  EDDSA_SHA512_ED25519(7, 32, 32, 64),
  /** Known by name so that it can be refused by name. */
  EDDSA_SHA512_ED25519PH(8, 32, 32, 64),
  REDDSA_SHA512_ED25519(11, 32, 32, 64);

  private final int code;
  private final int publicKeyLength;
  private final int privateKeyLength;
  private final int signatureLength;

  SigningKeyType(int code, int publicKeyLength, int privateKeyLength, int signatureLength) {
    this.code = code;
    this.publicKeyLength = publicKeyLength;
    this.privateKeyLength = privateKeyLength;
    this.signatureLength = signatureLength;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** Bytes of a public key. */
  public int publicKeyLength() {
    return publicKeyLength;
  }

  /** Bytes of a private key. */
  public int privateKeyLength() {
    return privateKeyLength;
  }

  /** Bytes of a signature. */
  public int signatureLength() {
    return signatureLength;
  }

  /** The type with this wire number, or null when it is unknown. */
  public static @Nullable SigningKeyType ofCode(int code) {
    for (SigningKeyType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    return null;
  }
}
