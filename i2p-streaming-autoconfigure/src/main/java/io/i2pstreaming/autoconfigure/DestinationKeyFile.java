package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.SigningKeyType;
import io.i2pstreaming.spring.I2PConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The destination of {@code i2p.destination.*}: read from its file, written there, or new. */
final class DestinationKeyFile {
  private static final Logger log = LoggerFactory.getLogger(DestinationKeyFile.class);
  private static final String KEY_FILE = "i2p.destination.key-file";
  private static final String SIGNATURE_TYPE = "i2p.destination.signature-type";

  private static final String OFFICIAL_TYPE = "i2cp.destination.sigType";

  /** The types that keys can be made for. */
  private static final List<SigningKeyType> MADE =
      List.of(
          SigningKeyType.EDDSA_SHA512_ED25519,
          SigningKeyType.ECDSA_SHA256_P256,
          SigningKeyType.ECDSA_SHA384_P384,
          SigningKeyType.ECDSA_SHA512_P521,
          SigningKeyType.DSA_SHA1);

  private final PropertyScope scope;
  private final I2PProperties.Destination properties;

  DestinationKeyFile(PropertyScope scope, I2PProperties.Destination properties) {
    this.scope = scope;
    this.properties = properties;
  }

  /**
   * The keys in the file, made and written first if it does not exist. Null without a file, where
   * the builder makes what everybody has.
   */
  @Nullable DestinationKeys keys() {
    String name = properties.keyFile();
    if (name == null || name.isBlank()) {
      log.info(
          "I2P destination: transient, a new one at every start; set {} to keep it",
          scope.own().written(KEY_FILE));
      return type() == SigningKeyType.EDDSA_SHA512_ED25519 ? null : newKeys();
    }
    try {
      Path file = Path.of(name).toAbsolutePath();
      if (Files.isDirectory(file)) {
        throw new IOException("it is a folder");
      }
      if (Files.exists(file)) {
        DestinationKeys keys = DestinationKeys.load(file);
        log.info("I2P destination: loaded from the file of {}", scope.written(KEY_FILE));
        return keys;
      }
      return created(file);
    } catch (IOException | InvalidPathException e) {
      throw new I2PConfigurationException(
          "The file of '"
              + scope.written(KEY_FILE)
              + "', "
              + name
              + ", cannot be used: "
              + FileFault.of(e)
              + ".",
          "Name a key file of Java I2P or i2pd that this application may read, or one that it may"
              + " create.",
          e);
    }
  }

  private DestinationKeys created(Path file) throws IOException {
    if (!properties.createIfMissing()) {
      throw new I2PConfigurationException(
          "The file of '" + scope.written(KEY_FILE) + "', " + file + ", does not exist.",
          "Put the key file there, or set "
              + scope.written("i2p.destination.create-if-missing")
              + "=true to start with a new destination.");
    }
    DestinationKeys keys = newKeys();
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    keys.save(file);
    log.info(
        "I2P destination: new, written to the file of {}; keep it secret and keep a copy",
        scope.written(KEY_FILE));
    return keys;
  }

  private DestinationKeys newKeys() {
    return DestinationKeys.generate(type(), new SecureRandom());
  }

  /** By I2P's name, in any letter case, or by its number. */
  private SigningKeyType type() {
    String wanted = properties.signatureType().strip();
    // I2P's own name for it, which stands among the session options and is never sent.
    String official = SessionOptionsReader.read(scope).getOrDefault(OFFICIAL_TYPE, "");
    boolean officially =
        !official.isBlank() && OfficialProperty.find(scope, SIGNATURE_TYPE) == null;
    if (officially) {
      wanted = official;
    }
    for (SigningKeyType type : MADE) {
      if (type.name().equals(wanted.toUpperCase(Locale.ROOT))
          || wanted.equals(Integer.toString(type.code()))) {
        return type;
      }
    }
    throw new I2PConfigurationException(
        "The property '"
            + scope.written(
                officially ? SessionOptionsReader.PREFIX + "." + OFFICIAL_TYPE : SIGNATURE_TYPE)
            + "' is '"
            + wanted
            + "', for which no keys can be made.",
        "Write EdDSA_SHA512_Ed25519, which everybody understands, or one of "
            + MADE.stream()
                .map(type -> type.name() + " (" + type.code() + ")")
                .collect(Collectors.joining(", "))
            + ".");
  }
}
