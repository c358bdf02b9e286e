package io.i2pstreaming.identity;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An I2P destination: its bytes exactly as received, never normalised. Two destinations are equal
 * when their bytes are. Immutable, so any thread may hold it; a cheap map key.
 *
 * <p>Common structures specification, "KeysAndCert".
 */
public final class Destination {
  /** Bytes of the shortest destination: two key fields and an empty certificate. */
  public static final int MIN_LENGTH = 387;

  static final int ENCRYPTION_FIELD_LENGTH = 256;
  static final int SIGNING_FIELD_LENGTH = 128;
  static final int KEY_CERTIFICATE = 5;

  /** Where the certificate's payload starts, behind its type and its length. */
  static final int CERTIFICATE_PAYLOAD = MIN_LENGTH;

  private static final int CERTIFICATE_TYPE = 384;
  private static final int CERTIFICATE_LENGTH = 385;

  private final byte[] bytes;
  private final Hash hash;
  private final @Nullable SigningKeyType signingKeyType;

  private Destination(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Hash.of(bytes, 0, bytes.length);
    this.signingKeyType = signingKeyTypeOf(bytes);
  }

  /**
   * Parses the destination at the start of {@code bytes[offset, offset+length)}; surplus is
   * ignored.
   *
   * @throws IllegalArgumentException if the bytes end before the destination does
   */
  public static Destination parse(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length < MIN_LENGTH) {
      throw new IllegalArgumentException(
          "a destination has at least " + MIN_LENGTH + " bytes, not " + length);
    }
    int needed = MIN_LENGTH + u16(bytes, offset + CERTIFICATE_LENGTH);
    if (length < needed) {
      throw new IllegalArgumentException(
          "the destination's certificate asks for " + needed + " bytes, but there are " + length);
    }
    return new Destination(Arrays.copyOfRange(bytes, offset, offset + needed));
  }

  /** Decodes I2P Base64; IllegalArgumentException says what is wrong. */
  public static Destination fromBase64(String text) {
    byte[] bytes = I2PEncoding.fromBase64(text);
    Destination destination = parse(bytes, 0, bytes.length);
    if (destination.length() != bytes.length) {
      throw new IllegalArgumentException(
          "a destination of "
              + destination.length()
              + " bytes is followed by "
              + (bytes.length - destination.length())
              + " surplus bytes");
    }
    return destination;
  }

  /** Bytes of the whole structure. */
  public int length() {
    return bytes.length;
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Copies the bytes to {@code target} and returns the offset behind them. */
  public int writeTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, bytes.length);
    return offset + bytes.length;
  }

  /** Whether {@code bytes[offset, offset+length)} is this destination. */
  public boolean matches(byte[] bytes, int offset, int length) {
    return Arrays.equals(this.bytes, 0, this.bytes.length, bytes, offset, offset + length);
  }

  /** SHA-256 of the bytes, computed once. */
  public Hash hash() {
    return hash;
  }

  /** {@code <52 characters>.b32.i2p}. */
  public String base32() {
    return hash.base32();
  }

  /** The whole destination in I2P Base64. */
  public String base64() {
    return I2PEncoding.base64(bytes);
  }

  /**
   * The signing key's type, or null when the certificate names one we do not know or is too short
   * for it. Without a key certificate it is DSA, whatever the certificate says.
   */
  public @Nullable SigningKeyType signingKeyType() {
    return signingKeyType;
  }

  /**
   * The signing public key, reassembled from field and certificate.
   *
   * @throws IllegalStateException if {@link #signingKeyType()} is null
   */
  public byte[] signingPublicKey() {
    SigningKeyType type = signingKeyType;
    if (type == null) {
      throw new IllegalStateException("a signing key of unknown type has no known length");
    }
    int length = type.publicKeyLength();
    int inField = Math.min(length, SIGNING_FIELD_LENGTH);
    byte[] key = new byte[length];
    System.arraycopy(bytes, CERTIFICATE_TYPE - inField, key, 0, inField);
    if (length > inField) {
      System.arraycopy(bytes, CERTIFICATE_PAYLOAD + 4, key, inField, length - inField);
    }
    return key;
  }

  /** The encryption key's type number: 0 (ElGamal) without a key certificate. */
  public int encryptionKeyCode() {
    return isKeyCertificate(bytes) ? u16(bytes, CERTIFICATE_PAYLOAD + 2) : 0;
  }

  private static boolean isKeyCertificate(byte[] bytes) {
    return bytes[CERTIFICATE_TYPE] == KEY_CERTIFICATE && bytes.length >= CERTIFICATE_PAYLOAD + 4;
  }

  private static @Nullable SigningKeyType signingKeyTypeOf(byte[] bytes) {
    if (bytes[CERTIFICATE_TYPE] != KEY_CERTIFICATE) {
      return SigningKeyType.DSA_SHA1;
    }
    if (!isKeyCertificate(bytes)) {
      return null;
    }
    SigningKeyType type = SigningKeyType.ofCode(u16(bytes, CERTIFICATE_PAYLOAD));
    if (type == null) {
      return null;
    }
    int excess = Math.max(0, type.publicKeyLength() - SIGNING_FIELD_LENGTH);
    return bytes.length >= CERTIFICATE_PAYLOAD + 4 + excess ? type : null;
  }

  private static int u16(byte[] bytes, int at) {
    return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Destination destination && Arrays.equals(bytes, destination.bytes);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  @Override
  public String toString() {
    return base32();
  }
}
