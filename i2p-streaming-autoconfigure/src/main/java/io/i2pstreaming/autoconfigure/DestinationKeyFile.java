package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.SigningKeyType;
import io.i2pstreaming.spring.I2PConfigurationException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file behind {@code i2p.destination.key-file}. Says what happened to it, never its content.
 */
final class DestinationKeyFile {
  private static final Logger log = LoggerFactory.getLogger(DestinationKeyFile.class);

  private DestinationKeyFile() {}

  /** The keys in this file, made and written first if it does not exist. */
  static DestinationKeys loadOrCreate(String name) {
    try {
      Path file = Path.of(name).toAbsolutePath();
      if (Files.exists(file)) {
        DestinationKeys keys = DestinationKeys.load(file);
        log.info("I2P destination: loaded from the file of i2p.destination.key-file");
        return keys;
      }
      DestinationKeys keys =
          DestinationKeys.generate(SigningKeyType.EDDSA_SHA512_ED25519, new SecureRandom());
      Path folder = file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      keys.save(file);
      log.info(
          "I2P destination: new, written to the file of i2p.destination.key-file;"
              + " keep it secret and keep a copy");
      return keys;
    } catch (IOException | InvalidPathException e) {
      throw new I2PConfigurationException(
          "The file of 'i2p.destination.key-file', "
              + name
              + ", cannot be used: "
              + reason(e)
              + ".",
          "Name a key file of Java I2P or i2pd that this application may read, or one that it may"
              + " create.",
          e);
    }
  }

  /** The file system's exceptions often consist of the name of a file alone. */
  private static @Nullable String reason(Exception e) {
    if (e instanceof AccessDeniedException denied) {
      return "the access to " + denied.getFile() + " is denied";
    }
    if (e instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " is no folder";
    }
    if (e instanceof FileSystemException failure && failure.getReason() == null) {
      return failure.getFile() + " cannot be written";
    }
    return e.getMessage();
  }

  static void sayTransient() {
    log.info(
        "I2P destination: transient, a new one at every start; set i2p.destination.key-file to"
            + " keep it");
  }
}
