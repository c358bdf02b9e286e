package io.i2pstreaming.connection;

import io.i2pstreaming.wire.PacketView;
import org.jspecify.annotations.Nullable;

/**
 * The door through which signatures enter a connection: signs with the local destination's key and
 * verifies against one remote destination. The connection itself knows no key.
 */
public interface PacketAuth {
  /** The local destination as it goes into the FROM option. */
  byte[] localDestination();

  /** SHA-256 of the remote destination, which the initiator's SYN carries against replay. */
  byte[] remoteHash();

  /** The offline-signature option that must go with FROM, or null when the key itself signs. */
  byte @Nullable [] offlineBlock();

  /** Length in bytes of every signature that {@link #sign} writes. */
  int signatureLength();

  /** Whether signing is still possible: false once an offline key has expired. */
  boolean canSign(long nowNanos);

  /**
   * Signs {@code packet[offset, offset+length)}, whose signature bytes at {@code signatureOffset}
   * are zero.
   */
  void sign(byte[] packet, int offset, int length, int signatureOffset);

  /**
   * Whether the packet carries a valid signature of the remote destination. A FROM option must
   * equal it; a transient key that a valid SYN brought is remembered.
   */
  boolean verify(long nowNanos, PacketView packet);
}
