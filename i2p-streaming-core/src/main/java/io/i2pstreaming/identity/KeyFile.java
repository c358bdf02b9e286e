package io.i2pstreaming.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/**
 * The {@code .dat} file of {@link DestinationKeys}: parsing, with messages for whoever has to
 * repair the file, and safe writing.
 *
 * <p>Common structures specification, "Private Key File".
 */
final class KeyFile {
  /** No file of a known type comes near this; anything longer is some other file. */
  private static final int MAX_LENGTH = 65_536;

  private static final String REPAIR =
      "restore it from a backup, or remove it to start with a new destination";

  private final byte[] bytes;
  private int at;

  private KeyFile(byte[] bytes) {
    this.bytes = bytes;
  }

  static DestinationKeys load(Path file) throws IOException {
    long size = Files.size(file);
    if (size > MAX_LENGTH) {
      throw new IOException(
          "key file " + file + ": " + size + " bytes are too many for a key file; name another");
    }
    return parse(Files.readAllBytes(file), "key file " + file);
  }

  /** Messages start with {@code name}. */
  static DestinationKeys parse(byte[] bytes, String name) throws IOException {
    try {
      return new KeyFile(bytes).parse();
    } catch (BrokenContentException e) {
      throw new IOException(name + ": " + e.getMessage(), e);
    }
  }

  private DestinationKeys parse() throws BrokenContentException {
    if (bytes.length == 0) {
      throw new BrokenContentException("it is empty; " + REPAIR);
    }
    Destination destination = parseDestination();
    SigningKeyType type = destination.signingKeyType();
    if (type == null) {
      throw new BrokenContentException(
          "its destination has a signing key of an unknown type; use a file with keys of type "
              + SigningKeyType.EDDSA_SHA512_ED25519);
    }
    byte[] encryptionPrivateKey =
        take(encryptionPrivateKeyLength(destination), "encryption private key");
    byte[] signingPrivateKey = take(type.privateKeyLength(), "signing private key");
    if (FixedWidth.isZero(signingPrivateKey)) {
      return parseOffline(destination, type, encryptionPrivateKey, signingPrivateKey);
    }
    SigningKey key = signingKey(type, signingPrivateKey, destination.signingPublicKey());
    requireEnd();
    return new DestinationKeys(
        destination, encryptionPrivateKey, signingPrivateKey, null, new byte[0], key);
  }

  private DestinationKeys parseOffline(
      Destination destination,
      SigningKeyType type,
      byte[] encryptionPrivateKey,
      byte[] signingPrivateKey)
      throws BrokenContentException {
    if (at == bytes.length) {
      throw new BrokenContentException(
          "its signing key is all zeros and no offline signature follows; " + REPAIR);
    }
    OfflineSignature offline;
    try {
      offline = OfflineSignature.parse(bytes, at, bytes.length - at, type);
    } catch (IllegalArgumentException e) {
      throw new BrokenContentException(e.getMessage() + "; " + REPAIR);
    }
    at += offline.length();
    SigningKeyType transientType = offline.transientType();
    byte[] transientPrivateKey =
        take(transientType.privateKeyLength(), "transient signing private key");
    if (!offline.isSignedBy(destination)) {
      throw new BrokenContentException(
          "its offline signature was not made by its destination; make a new transient key");
    }
    SigningKey key = signingKey(transientType, transientPrivateKey, offline.transientPublicKey());
    requireEnd();
    return new DestinationKeys(
        destination, encryptionPrivateKey, signingPrivateKey, offline, transientPrivateKey, key);
  }

  private Destination parseDestination() throws BrokenContentException {
    try {
      Destination destination = Destination.parse(bytes, 0, bytes.length);
      at = destination.length();
      return destination;
    } catch (IllegalArgumentException e) {
      throw new BrokenContentException(e.getMessage() + "; " + textHint() + REPAIR);
    }
  }

  /** Base64 read as bytes gives a certificate that asks for too much: say what really is wrong. */
  private String textHint() {
    for (byte value : bytes) {
      if (value < ' ' && value != '\n' && value != '\r') {
        return "";
      }
    }
    return "it looks like text, but a key file is binary: decode the Base64 first; else ";
  }

  /** Lengths by the encryption type number of the destination's key certificate. */
  private static int encryptionPrivateKeyLength(Destination destination)
      throws BrokenContentException {
    int code = destination.encryptionKeyCode();
    return switch (code) {
      case 0 -> 256;
      case 1 -> 32;
      case 2 -> 48;
      case 3 -> 66;
      case 4, 5, 6, 7 -> 32;
      case 255 -> 0;
      default ->
          throw new BrokenContentException(
              "its destination has an encryption key of the unknown type "
                  + code
                  + "; use a file with keys of type 0 or 4");
    };
  }

  private static SigningKey signingKey(SigningKeyType type, byte[] privateKey, byte[] publicKey)
      throws BrokenContentException {
    SigningKey key;
    try {
      key = SigningKey.of(type, privateKey);
    } catch (IllegalArgumentException e) {
      throw new BrokenContentException(e.getMessage() + "; use a file with keys that can sign");
    }
    if (!Arrays.equals(key.publicKey(), publicKey)) {
      throw new BrokenContentException(
          "its private key does not belong to its public key: the file is damaged; " + REPAIR);
    }
    return key;
  }

  private byte[] take(int length, String what) throws BrokenContentException {
    if (bytes.length - at < length) {
      throw new BrokenContentException(
          "it is cut off: the "
              + what
              + " needs "
              + length
              + " bytes, but "
              + (bytes.length - at)
              + " are left; "
              + REPAIR);
    }
    byte[] part = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return part;
  }

  private void requireEnd() throws BrokenContentException {
    if (at != bytes.length) {
      throw new BrokenContentException(
          (bytes.length - at)
              + " surplus bytes follow the keys: it is damaged or of another kind; "
              + REPAIR);
    }
  }

  static void save(byte[] content, Path file) throws IOException {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null || target.getFileName() == null) {
      throw new IOException(file + " is not a file's name");
    }
    Files.createDirectories(folder);
    Path written =
        Files.createTempFile(folder, target.getFileName() + ".", ".tmp", ownerOnly(folder));
    try {
      try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        // The name must not point to an empty file after a power cut.
        channel.force(true);
      }
      replace(written, target);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path folder) {
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };
  }

  private static void replace(Path written, Path target) throws IOException {
    try {
      Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(written, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** What is wrong with the content, in words that follow the file's name. */
  private static final class BrokenContentException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenContentException(String message) {
      super(message);
    }
  }
}
