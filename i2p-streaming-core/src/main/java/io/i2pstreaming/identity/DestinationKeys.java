package io.i2pstreaming.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A destination with the private key that signs for it: the content of a Java I2P or i2pd {@code
 * .dat} file. With an offline section the long-term key is absent and a transient key signs.
 * Immutable, so any thread may hold it and sign.
 *
 * <p>Common structures specification, "Private Key File".
 */
public final class DestinationKeys {
  private final Destination destination;
  private final byte[] encryptionPrivateKey;

  /** All zeros with an offline section. */
  private final byte[] signingPrivateKey;

  private final @Nullable OfflineSignature offline;
  private final byte[] transientPrivateKey;
  private final SigningKey signingKey;

  DestinationKeys(
      Destination destination,
      byte[] encryptionPrivateKey,
      byte[] signingPrivateKey,
      @Nullable OfflineSignature offline,
      byte[] transientPrivateKey,
      SigningKey signingKey) {
    this.destination = destination;
    this.encryptionPrivateKey = encryptionPrivateKey;
    this.signingPrivateKey = signingPrivateKey;
    this.offline = offline;
    this.transientPrivateKey = transientPrivateKey;
    this.signingKey = signingKey;
  }

  /**
   * Makes new keys. Random padding repeats 32 bytes, as proposal 161 asks.
   *
   * @throws IllegalArgumentException if we cannot sign with {@code type}: RSA, Ed25519ph, RedDSA
   */
  public static DestinationKeys generate(SigningKeyType type, SecureRandom random) {
    byte[] privateKey = SigningKey.generate(type, random);
    SigningKey signingKey = SigningKey.of(type, privateKey);
    byte[] padding = new byte[32];
    random.nextBytes(padding);
    byte[] bytes = destinationBytes(type, signingKey.publicKey(), padding);
    // The field for an encryption key has been unused since I2P 0.6: ElGamal's 256 zeros.
    return new DestinationKeys(
        Destination.parse(bytes, 0, bytes.length),
        new byte[Destination.ENCRYPTION_FIELD_LENGTH],
        privateKey,
        null,
        new byte[0],
        signingKey);
  }

  private static byte[] destinationBytes(SigningKeyType type, byte[] publicKey, byte[] padding) {
    int fields = Destination.ENCRYPTION_FIELD_LENGTH + Destination.SIGNING_FIELD_LENGTH;
    int inField = Math.min(publicKey.length, Destination.SIGNING_FIELD_LENGTH);
    int excess = publicKey.length - inField;
    boolean keyCertificate = type != SigningKeyType.DSA_SHA1;
    byte[] bytes = new byte[Destination.MIN_LENGTH + (keyCertificate ? 4 + excess : 0)];
    for (int at = 0; at < fields - inField; at++) {
      bytes[at] = padding[at % padding.length];
    }
    System.arraycopy(publicKey, 0, bytes, fields - inField, inField);
    if (keyCertificate) {
      bytes[fields] = Destination.KEY_CERTIFICATE;
      bytes[fields + 2] = (byte) (4 + excess);
      bytes[Destination.CERTIFICATE_PAYLOAD + 1] = (byte) type.code();
      System.arraycopy(publicKey, inField, bytes, Destination.CERTIFICATE_PAYLOAD + 4, excess);
    }
    return bytes;
  }

  /** Reads a key file; an IOException says what is wrong with it and what to do. */
  public static DestinationKeys load(Path file) throws IOException {
    return KeyFile.load(file);
  }

  /** Parses the content of a key file; an IOException says what is wrong with it. */
  public static DestinationKeys parse(byte[] bytes) throws IOException {
    return KeyFile.parse(bytes, "destination keys");
  }

  /** Writes the key file, readable by its owner only, replacing an old one atomically. */
  public void save(Path file) throws IOException {
    KeyFile.save(toBytes(), file);
  }

  /** The content of the key file. */
  public byte[] toBytes() {
    byte[] block = offline == null ? new byte[0] : offline.toBytes();
    byte[] bytes =
        new byte
            [destination.length()
                + encryptionPrivateKey.length
                + signingPrivateKey.length
                + block.length
                + transientPrivateKey.length];
    int at = destination.writeTo(bytes, 0);
    for (byte[] part :
        new byte[][] {encryptionPrivateKey, signingPrivateKey, block, transientPrivateKey}) {
      System.arraycopy(part, 0, bytes, at, part.length);
      at += part.length;
    }
    return bytes;
  }

  /** The public side. */
  public Destination destination() {
    return destination;
  }

  /** The offline section, or null when the destination's own key signs. */
  public @Nullable OfflineSignature offline() {
    return offline;
  }

  /** The type of the key that signs: the transient key's with an offline section. */
  public SigningKeyType signingType() {
    return signingKey.type();
  }

  /**
   * Writes the signature of {@code message[offset, offset+length)} to {@code target}, where it may
   * overwrite part of the message: {@code signingType().signatureLength()} bytes.
   */
  public void sign(byte[] message, int offset, int length, byte[] target, int targetOffset) {
    Objects.checkFromIndexSize(offset, length, message.length);
    Objects.checkFromIndexSize(targetOffset, signingType().signatureLength(), target.length);
    signingKey.sign(message, offset, length, target, targetOffset);
  }

  /** Names the destination, never a key. */
  @Override
  public String toString() {
    return "DestinationKeys[" + destination.base32() + "]";
  }
}
