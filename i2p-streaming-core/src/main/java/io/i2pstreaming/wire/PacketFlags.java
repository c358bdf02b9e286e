package io.i2pstreaming.wire;

/**
 * Flag bits of a streaming packet. Bits 12 to 15 are sent as zero and ignored on receipt.
 *
 * <p>Streaming specification, "Flags and Option Data Fields".
 */
public final class PacketFlags {
  /** First packet of either side; carries FROM and SIGNATURE. */
  public static final int SYNCHRONIZE = 1;

  /** The sender will send no more data; must be signed. */
  public static final int CLOSE = 1 << 1;

  /** The connection is gone; must be signed. */
  public static final int RESET = 1 << 2;

  /** A signature over the whole packet is the last option. */
  public static final int SIGNATURE_INCLUDED = 1 << 3;

  /** Dead: no implementation asks for signatures any more. */
  public static final int SIGNATURE_REQUESTED = 1 << 4;

  /** The sender's destination is an option. */
  public static final int FROM_INCLUDED = 1 << 5;

  /** A two-byte delay: 0 asks for an ack now, above 60000 asks the receiver to stop sending. */
  public static final int DELAY_REQUESTED = 1 << 6;

  /** The largest payload, in bytes, that the sender wants to receive. */
  public static final int MAX_PACKET_SIZE_INCLUDED = 1 << 7;

  /** Traffic hint; never needed. */
  public static final int PROFILE_INTERACTIVE = 1 << 8;

  /** Ping (send stream id set) or pong (receive stream id set). */
  public static final int ECHO = 1 << 9;

  /** The ackThrough and NACK fields mean nothing. */
  public static final int NO_ACK = 1 << 10;

  /** A transient key, signed by the destination's key, is an option; needs FROM. */
  public static final int OFFLINE_SIGNATURE = 1 << 11;

  /** A requested delay above this many milliseconds is a choke. */
  public static final int CHOKE_ABOVE_MILLIS = 60_000;

  private PacketFlags() {}
}
