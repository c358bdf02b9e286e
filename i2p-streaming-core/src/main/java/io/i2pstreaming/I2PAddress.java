package io.i2pstreaming;

import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.I2PEncoding;
import java.io.Serial;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream goes: a destination, or a name for one, and an I2P port. A name is a base32
 * address, or a host name that the router's address book knows. Immutable. Two addresses are equal
 * when their names and ports are; a known destination's name is its base32 address.
 */
public final class I2PAddress extends SocketAddress {
  private static final long serialVersionUID = 1L;

  private static final String SUFFIX = ".i2p";
  private static final String BASE32_SUFFIX = ".b32.i2p";
  private static final int BASE32_HASH_LENGTH = 52;

  /** Bytes of the shortest destination. */
  private static final int SHORTEST_DESTINATION = 387;

  private static final int SHORTEST_BASE64 = SHORTEST_DESTINATION * 4 / 3;

  /** I2P's naming rules: at most 67 characters, labels of letters, digits and inner hyphens. */
  private static final int LONGEST_HOST_NAME = 67;

  private static final Pattern HOST_NAME =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+");

  /** What {@link #parse} reads back: Base64 of a known destination, else the name. */
  private final String text;

  private final int port;
  private final transient @Nullable Destination destination;

  private I2PAddress(String text, @Nullable Destination destination, int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("an I2P port is 0 to 65535, not " + port);
    }
    this.text = text;
    this.destination = destination;
    this.port = port;
  }

  /** An address whose destination is known. Ports are 0 to 65535. */
  public static I2PAddress of(Destination destination, int port) {
    return new I2PAddress(destination.base64(), destination, port);
  }

  /**
   * Reads a Base64 destination, a {@code .b32.i2p} address or a host name that ends in {@code
   * .i2p}.
   *
   * @throws IllegalArgumentException if it is none of these; the message says why
   */
  public static I2PAddress parse(String text, int port) {
    String trimmed = text.strip();
    String name = trimmed.toLowerCase(Locale.ROOT);
    if (name.endsWith(BASE32_SUFFIX)) {
      checkBase32(name.substring(0, name.length() - BASE32_SUFFIX.length()));
      return new I2PAddress(name, null, port);
    }
    if (trimmed.length() >= SHORTEST_BASE64) {
      return of(Destination.fromBase64(trimmed), port);
    }
    if (!name.endsWith(SUFFIX) || !HOST_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "not an I2P address: give a Base64 destination, an address that ends in .b32.i2p, or a"
              + " host name that ends in .i2p");
    }
    if (name.length() > LONGEST_HOST_NAME) {
      throw new IllegalArgumentException(
          "an I2P host name has at most " + LONGEST_HOST_NAME + " characters");
    }
    return new I2PAddress(name, null, port);
  }

  private static void checkBase32(String label) {
    if (label.length() > BASE32_HASH_LENGTH) {
      throw new IllegalArgumentException(
          "addresses of encrypted lease sets (more than "
              + BASE32_HASH_LENGTH
              + " characters before .b32.i2p) are not supported");
    }
    if (label.length() < BASE32_HASH_LENGTH) {
      throw new IllegalArgumentException(
          "a .b32.i2p address has "
              + BASE32_HASH_LENGTH
              + " characters before .b32.i2p, not "
              + label.length());
    }
    I2PEncoding.fromBase32(label);
  }

  /**
   * The name of a resolved or unresolved address, by {@code getHostString()} alone: no DNS.
   *
   * @throws IllegalArgumentException if that is no I2P name
   */
  public static I2PAddress of(InetSocketAddress address) {
    return parse(address.getHostString(), address.getPort());
  }

  /** What a socket is told to dial: one of ours, or the name of an {@link InetSocketAddress}. */
  static I2PAddress dialled(SocketAddress address) throws StreamingException {
    if (address instanceof I2PAddress target) {
      return target;
    }
    if (!(address instanceof InetSocketAddress inet)) {
      throw new IllegalArgumentException("not an I2PAddress or InetSocketAddress");
    }
    try {
      return of(inet);
    } catch (IllegalArgumentException e) {
      throw Failures.notAnAddress(e);
    }
  }

  /** The destination, or null while only a name is known. */
  public @Nullable Destination destination() {
    return destination;
  }

  /** The name to look up; for a known destination its base32 address. */
  public String name() {
    return destination == null ? text : destination.base32();
  }

  /** The I2P port. */
  public int port() {
    return port;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof I2PAddress address
        && port == address.port
        && name().equals(address.name());
  }

  @Override
  public int hashCode() {
    return 31 * name().hashCode() + port;
  }

  /** {@code name:port}. */
  @Override
  public String toString() {
    return name() + ":" + port;
  }

  /** Finds the destination again, which is not serialized. */
  @Serial
  private Object readResolve() {
    return parse(text, port);
  }
}
