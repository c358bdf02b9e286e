package io.i2pstreaming;

import io.i2pstreaming.identity.Destination;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream goes: a destination, or a name for one, and an I2P port. A name is a base32
 * address, or a host name that the router's address book knows. Immutable.
 */
public final class I2PAddress extends SocketAddress {
  private static final long serialVersionUID = 1L;

  /** An address whose destination is known. Ports are 0 to 65535. */
  public static I2PAddress of(Destination destination, int port) {
    throw new UnsupportedOperationException("seam");
  }

  /**
   * Reads a Base64 destination, a {@code .b32.i2p} address or a host name.
   *
   * @throws IllegalArgumentException if it is none of these; the message says why
   */
  public static I2PAddress parse(String text, int port) {
    throw new UnsupportedOperationException("seam");
  }

  /** The name of a resolved or unresolved address, by {@code getHostString()} alone: no DNS. */
  public static I2PAddress of(InetSocketAddress address) {
    throw new UnsupportedOperationException("seam");
  }

  /** The destination, or null while only a name is known. */
  public @Nullable Destination destination() {
    throw new UnsupportedOperationException("seam");
  }

  /** The name to look up; for a known destination its base32 address. */
  public String name() {
    throw new UnsupportedOperationException("seam");
  }

  /** The I2P port. */
  public int port() {
    throw new UnsupportedOperationException("seam");
  }
}
