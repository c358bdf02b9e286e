package io.i2pstreaming.spring.site;

import io.i2pstreaming.identity.Hash;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The IP address that stands for an I2P caller. Applications often trust 127.0.0.1, which is where
 * the gateway connects from, so callers must not seem to come from there.
 */
final class CallerAddress {
  /** GarliCat's network, a private IPv6 one, which is known to stand for destinations. */
  private static final byte[] NETWORK = {
    (byte) 0xfd, 0x60, (byte) 0xdb, 0x4d, (byte) 0xdd, (byte) 0xb5
  };

  private static final int ADDRESS_BYTES = 16;

  private CallerAddress() {}

  /** fd60:db4d:ddb5::/48 and the first 80 bits of the hash; the same caller has the same one. */
  static InetAddress of(Hash caller) {
    byte[] address = new byte[ADDRESS_BYTES];
    System.arraycopy(NETWORK, 0, address, 0, NETWORK.length);
    System.arraycopy(caller.bytes(), 0, address, NETWORK.length, ADDRESS_BYTES - NETWORK.length);
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 bytes are an address", e);
    }
  }
}
