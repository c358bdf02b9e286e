package io.i2pstreaming.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * A destination with the private key that signs for it: the content of a Java I2P or i2pd {@code
 * .dat} file. With an offline section the long-term key is absent and a transient key signs.
 */
public final class DestinationKeys {
  /** Makes new keys. Random padding repeats 32 bytes, as proposal 161 asks. */
  public static DestinationKeys generate(SigningKeyType type, SecureRandom random) {
    throw new UnsupportedOperationException("seam");
  }

  /** Reads a key file; an IOException says what is wrong with it and what to do. */
  public static DestinationKeys load(Path file) throws IOException {
    throw new UnsupportedOperationException("seam");
  }

  /** Parses the content of a key file. */
  public static DestinationKeys parse(byte[] bytes) throws IOException {
    throw new UnsupportedOperationException("seam");
  }

  /** Writes the key file, readable by its owner only, replacing an old one atomically. */
  public void save(Path file) throws IOException {
    throw new UnsupportedOperationException("seam");
  }

  /** The content of the key file. */
  public byte[] toBytes() {
    throw new UnsupportedOperationException("seam");
  }

  /** The public side. */
  public Destination destination() {
    throw new UnsupportedOperationException("seam");
  }

  /** The offline section, or null when the destination's own key signs. */
  public @Nullable OfflineSignature offline() {
    throw new UnsupportedOperationException("seam");
  }

  /** The type of the key that signs: the transient key's with an offline section. */
  public SigningKeyType signingType() {
    throw new UnsupportedOperationException("seam");
  }

  /** Writes the signature of {@code message[offset, offset+length)} to {@code target}. */
  public void sign(byte[] message, int offset, int length, byte[] target, int targetOffset) {
    throw new UnsupportedOperationException("seam");
  }
}
