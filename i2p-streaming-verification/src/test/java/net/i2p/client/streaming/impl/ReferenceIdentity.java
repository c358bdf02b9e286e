package net.i2p.client.streaming.impl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import net.i2p.I2PException;
import net.i2p.client.I2PSession;
import net.i2p.crypto.KeyGenerator;
import net.i2p.crypto.SigType;
import net.i2p.data.Certificate;
import net.i2p.data.DataFormatException;
import net.i2p.data.DataHelper;
import net.i2p.data.Destination;
import net.i2p.data.KeyCertificate;
import net.i2p.data.PrivateKey;
import net.i2p.data.PrivateKeyFile;
import net.i2p.data.PublicKey;
import net.i2p.data.Signature;
import net.i2p.data.SigningPrivateKey;
import net.i2p.data.SigningPublicKey;
import net.i2p.data.SimpleDataStructure;

/**
 * A destination as the reference library knows it, with the key that signs for it: its own, or a
 * transient one. Plays the session that the reference's packets ask for these.
 */
public final class ReferenceIdentity {
  private static final int ENCRYPTION_KEY_LENGTH = 256;

  private final Destination destination;
  private final SigningPrivateKey longTermKey;
  private final long expiresMillis;
  private final SigningPublicKey transientPublicKey;
  private final SigningPrivateKey transientKey;
  private final Signature offlineSignature;

  private ReferenceIdentity(
      Destination destination,
      SigningPrivateKey longTermKey,
      long expiresMillis,
      SigningPublicKey transientPublicKey,
      SigningPrivateKey transientKey,
      Signature offlineSignature) {
    this.destination = destination;
    this.longTermKey = longTermKey;
    this.expiresMillis = expiresMillis;
    this.transientPublicKey = transientPublicKey;
    this.transientKey = transientKey;
    this.offlineSignature = offlineSignature;
  }

  /** New keys of a signature type, by its number. */
  public static ReferenceIdentity generate(int typeCode) {
    ReferenceCodec.context();
    SimpleDataStructure[] keys = newKeys(typeCode);
    SigningPublicKey publicKey = (SigningPublicKey) keys[0];
    Destination destination = new Destination();
    destination.setPublicKey(new PublicKey(new byte[ENCRYPTION_KEY_LENGTH]));
    if (publicKey.length() < SigningPublicKey.KEYSIZE_BYTES) {
      destination.setPadding(new byte[SigningPublicKey.KEYSIZE_BYTES - publicKey.length()]);
    }
    destination.setSigningPublicKey(publicKey);
    destination.setCertificate(
        publicKey.getType() == SigType.DSA_SHA1
            ? Certificate.NULL_CERT
            : new KeyCertificate(publicKey));
    return new ReferenceIdentity(destination, (SigningPrivateKey) keys[1], 0, null, null, null);
  }

  /** What the reference reads from a key file. */
  public static ReferenceIdentity ofKeyFile(byte[] content) {
    ReferenceCodec.context();
    try {
      Path file = Files.createTempFile("reference", ".dat");
      try {
        Files.write(file, content);
        PrivateKeyFile keys = new PrivateKeyFile(file.toFile());
        Destination destination = keys.getDestination();
        if (!keys.isOffline()) {
          return new ReferenceIdentity(destination, keys.getSigningPrivKey(), 0, null, null, null);
        }
        return new ReferenceIdentity(
            destination,
            keys.getSigningPrivKey(),
            keys.getOfflineExpiration(),
            keys.getTransientSigningPubKey(),
            keys.getTransientSigningPrivKey(),
            keys.getOfflineSignature());
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (I2PException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The same destination, signing with a new transient key. */
  public ReferenceIdentity withTransientKey(int typeCode, long expiresEpochSeconds) {
    SimpleDataStructure[] keys = newKeys(typeCode);
    SigningPublicKey publicKey = (SigningPublicKey) keys[0];
    ByteArrayOutputStream signed = new ByteArrayOutputStream();
    try {
      DataHelper.writeLong(signed, 4, expiresEpochSeconds);
      DataHelper.writeLong(signed, 2, typeCode);
      publicKey.writeBytes(signed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (DataFormatException e) {
      throw new IllegalArgumentException(e);
    }
    Signature signature = ReferenceCodec.context().dsa().sign(signed.toByteArray(), longTermKey);
    return new ReferenceIdentity(
        destination,
        longTermKey,
        expiresEpochSeconds * 1000,
        publicKey,
        (SigningPrivateKey) keys[1],
        signature);
  }

  /** The destination's bytes. */
  public byte[] destination() {
    return destination.toByteArray();
  }

  /** Its Base64, as the reference writes it. */
  public String base64() {
    return destination.toBase64();
  }

  /** Its b32 name, as the reference writes it. */
  public String base32() {
    return destination.toBase32();
  }

  /** SHA-256 of the destination. */
  public byte[] hash() {
    return destination.calculateHash().getData();
  }

  /** Whether a transient key signs. */
  public boolean isOffline() {
    return transientKey != null;
  }

  /** The type number of the key that signs. */
  public int signingType() {
    return signingKey().getType().getCode();
  }

  /** The key file that the reference writes. */
  public byte[] keyFile() {
    try {
      Path file = Files.createTempFile("reference", ".dat");
      try {
        PrivateKeyFile keys =
            new PrivateKeyFile(
                file.toFile(),
                destination,
                new PrivateKey(new byte[ENCRYPTION_KEY_LENGTH]),
                longTermKey);
        if (transientKey != null) {
          keys.setOfflineData(expiresMillis, transientPublicKey, offlineSignature, transientKey);
        }
        keys.write();
        return Files.readAllBytes(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (DataFormatException e) {
      throw new IllegalArgumentException(e);
    }
  }

  SigningPublicKey verifyingKey() {
    return transientPublicKey == null ? destination.getSigningPublicKey() : transientPublicKey;
  }

  /** A session that answers what packets ask and refuses everything else. */
  I2PSession session() {
    return (I2PSession)
        Proxy.newProxyInstance(
            I2PSession.class.getClassLoader(),
            new Class<?>[] {I2PSession.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getMyDestination" -> destination;
                  case "getPrivateKey" -> signingKey();
                  case "isOffline" -> transientKey != null;
                  case "getOfflineExpiration" -> expiresMillis;
                  case "getOfflineSignature" -> offlineSignature;
                  case "getTransientSigningPublicKey" -> transientPublicKey;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private SigningPrivateKey signingKey() {
    return transientKey == null ? longTermKey : transientKey;
  }

  private static SimpleDataStructure[] newKeys(int typeCode) {
    try {
      return KeyGenerator.getInstance().generateSigningKeys(SigType.getByCode(typeCode));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
