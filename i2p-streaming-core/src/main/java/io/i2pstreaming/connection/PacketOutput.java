package io.i2pstreaming.connection;

/** Takes the packets that a connection emits, one after another. */
public interface PacketOutput {
  /** Where to write the next packet, from index 0; at least 4096 bytes. Contents are scratch. */
  byte[] buffer();

  /**
   * The packet in {@link #buffer()} is complete and signed.
   *
   * @param length its bytes
   * @param kind what it is for
   * @param lifetimeNanos after this long a late copy is useless and routers may drop it
   */
  void commit(int length, PacketKind kind, long lifetimeNanos);

  /** The packet just committed had left before, with so many bytes of payload. */
  default void again(int payloadBytes) {}
}
