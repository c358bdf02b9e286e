package io.i2pstreaming.wire;

import static io.i2pstreaming.wire.PacketFlags.DELAY_REQUESTED;
import static io.i2pstreaming.wire.PacketFlags.FROM_INCLUDED;
import static io.i2pstreaming.wire.PacketFlags.MAX_PACKET_SIZE_INCLUDED;
import static io.i2pstreaming.wire.PacketFlags.OFFLINE_SIGNATURE;
import static io.i2pstreaming.wire.PacketFlags.SIGNATURE_INCLUDED;

import java.util.Arrays;

/**
 * Writes one packet in canonical form from index 0 of a buffer. Call {@link #begin}, then the
 * NACKs, then {@link #flags}, then the options in the order in which the methods stand here, then
 * {@link #endOptions}, then copy the payload to {@link #length()} and {@link #payload} its length.
 *
 * <p>Streaming specification, "Packet Format". Not thread-safe; reused for packet after packet.
 */
public final class PacketWriter {
  private byte[] buffer = new byte[0];
  private int at;
  private int flagsAt;
  private int flags;
  private int signatureAt;

  /** Starts a packet in {@code target} with the four numbers of its header. */
  public PacketWriter begin(
      byte[] target, int sendStreamId, int receiveStreamId, long sequence, long ackThrough) {
    buffer = target;
    at = 0;
    i32(sendStreamId);
    i32(receiveStreamId);
    i32((int) sequence);
    i32((int) ackThrough);
    buffer[at++] = 0;
    signatureAt = -1;
    return this;
  }

  /** Adds a missing number; at most 255. */
  public PacketWriter nack(long sequence) {
    if (buffer[16] == (byte) 255) {
      throw new IllegalStateException("more than 255 NACKs");
    }
    buffer[16]++;
    i32((int) sequence);
    return this;
  }

  /**
   * Adds the 32-byte hash of the remote destination in place of NACKs: the initiator's SYN only.
   */
  public PacketWriter nackHash(byte[] hash) {
    if (hash.length != 32) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + hash.length);
    }
    buffer[16] = 8;
    bytes(hash);
    return this;
  }

  /** Ends the NACKs. Option flags may be left out: the option methods set theirs. */
  public PacketWriter flags(int resendDelaySeconds, int flags) {
    buffer[at++] = (byte) resendDelaySeconds;
    flagsAt = at;
    this.flags = flags;
    at += 4;
    return this;
  }

  /** Asks for an ack within {@code millis}, or for silence when above 60000. */
  public PacketWriter delay(int millis) {
    flags |= DELAY_REQUESTED;
    u16(millis);
    return this;
  }

  /** Adds the sender's destination. */
  public PacketWriter from(byte[] destination) {
    flags |= FROM_INCLUDED;
    bytes(destination);
    return this;
  }

  /** Announces the largest payload that the sender wants. */
  public PacketWriter maxPacketSize(int payloadBytes) {
    flags |= MAX_PACKET_SIZE_INCLUDED;
    u16(payloadBytes);
    return this;
  }

  /** Adds the offline-signature block, whose transient key then signs the packet. */
  public PacketWriter offline(byte[] block) {
    flags |= OFFLINE_SIGNATURE;
    bytes(block);
    return this;
  }

  /** Reserves a hole of zeros for the signature, to be filled when the packet is complete. */
  public PacketWriter signature(int length) {
    flags |= SIGNATURE_INCLUDED;
    signatureAt = at;
    Arrays.fill(buffer, at, at + length, (byte) 0);
    at += length;
    return this;
  }

  /** Fills in the flags and the option size. */
  public PacketWriter endOptions() {
    int end = at;
    at = flagsAt;
    u16(flags);
    u16(end - flagsAt - 4);
    at = end;
    return this;
  }

  /**
   * Counts payload bytes that were copied to {@link #length()}; returns the whole packet's length.
   */
  public int payload(int length) {
    at += length;
    return at;
  }

  /** Bytes written so far: where the payload goes. */
  public int length() {
    return at;
  }

  /** Where the reserved signature starts, or −1 when there is none. */
  public int signatureOffset() {
    return signatureAt;
  }

  private void bytes(byte[] value) {
    System.arraycopy(value, 0, buffer, at, value.length);
    at += value.length;
  }

  private void u16(int value) {
    buffer[at++] = (byte) (value >>> 8);
    buffer[at++] = (byte) value;
  }

  private void i32(int value) {
    u16(value >>> 16);
    u16(value);
  }
}
