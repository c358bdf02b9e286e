package io.i2pstreaming.wire;

import static io.i2pstreaming.wire.PacketFlags.DELAY_REQUESTED;
import static io.i2pstreaming.wire.PacketFlags.FROM_INCLUDED;
import static io.i2pstreaming.wire.PacketFlags.MAX_PACKET_SIZE_INCLUDED;
import static io.i2pstreaming.wire.PacketFlags.OFFLINE_SIGNATURE;
import static io.i2pstreaming.wire.PacketFlags.SIGNATURE_INCLUDED;

import io.i2pstreaming.identity.SigningKeyType;
import org.jspecify.annotations.Nullable;

/**
 * A received packet, read in place. One instance is wrapped around packet after packet; every
 * length that the peer supplies is checked once, in {@link #wrap}. Not thread-safe. Nothing is
 * copied: what must outlive the next {@code wrap} has to be copied out.
 *
 * <p>Streaming specification, "Packet Format".
 */
public final class PacketView {
  /** Bytes of a packet without NACKs, options and payload. */
  public static final int MIN_LENGTH = 22;

  /** No implementation accepts more payload than this. */
  public static final int MAX_PAYLOAD = 32_768;

  /** Bytes of a destination before its certificate's payload. */
  private static final int DESTINATION_MIN = 387;

  private static final byte[] NOTHING = new byte[0];

  private byte[] buffer = NOTHING;
  private int offset;
  private int length;
  private int nackCount;
  private int flags;
  private int delayMillis;
  private int fromOffset;
  private int fromLength;
  private int maxPacketSize;
  private int offlineOffset;
  private int offlineLength;
  private int signatureOffset;
  private int signatureLength;
  private int payloadOffset;

  /** Looks at a packet that was written here, or was looked at before, and so is well-formed. */
  public PacketView wrapAgain(byte[] bytes, int offset, int length) {
    try {
      return wrap(bytes, offset, length);
    } catch (MalformedPacketException impossible) {
      throw new IllegalStateException("it was well-formed before", impossible);
    }
  }

  /**
   * Looks at {@code bytes[offset, offset+length)}.
   *
   * @throws MalformedPacketException if it is not one whole packet in canonical form
   */
  public PacketView wrap(byte[] bytes, int offset, int length) throws MalformedPacketException {
    if (length < MIN_LENGTH) {
      throw new MalformedPacketException("shorter than a header");
    }
    this.buffer = bytes;
    this.offset = offset;
    this.length = length;
    nackCount = bytes[offset + 16] & 0xff;
    int afterNacks = 17 + 4 * nackCount;
    if (afterNacks + 5 > length) {
      throw new MalformedPacketException("NACKs run past the end");
    }
    flags = u16(offset + afterNacks + 1);
    int optionStart = offset + afterNacks + 5;
    int optionEnd = optionStart + u16(offset + afterNacks + 3);
    if (optionEnd > offset + length) {
      throw new MalformedPacketException("options run past the end");
    }
    payloadOffset = optionEnd;
    if (payloadLength() > MAX_PAYLOAD) {
      throw new MalformedPacketException("payload over " + MAX_PAYLOAD + " bytes");
    }
    readOptions(optionStart, optionEnd);
    return this;
  }

  private void readOptions(int start, int end) throws MalformedPacketException {
    int at = start;
    delayMillis = -1;
    fromLength = 0;
    maxPacketSize = -1;
    offlineLength = 0;
    signatureLength = 0;
    if (has(DELAY_REQUESTED)) {
      delayMillis = u16(need(at, 2, end));
      at += 2;
    }
    if (has(FROM_INCLUDED)) {
      need(at, DESTINATION_MIN, end);
      fromOffset = at;
      fromLength = DESTINATION_MIN + u16(at + DESTINATION_MIN - 2);
      need(at, fromLength, end);
      at += fromLength;
    }
    if (has(MAX_PACKET_SIZE_INCLUDED)) {
      maxPacketSize = u16(need(at, 2, end));
      at += 2;
    }
    if (has(OFFLINE_SIGNATURE)) {
      offlineOffset = at;
      offlineLength = offlineLengthAt(at, end);
      at += offlineLength;
    }
    if (has(SIGNATURE_INCLUDED)) {
      signatureOffset = at;
      signatureLength = end - at;
      at = end;
    }
    if (at != end) {
      throw new MalformedPacketException("surplus option bytes");
    }
  }

  /** Expiry 4, transient type 2, transient key, signature by the key of FROM. */
  private int offlineLengthAt(int at, int end) throws MalformedPacketException {
    SigningKeyType from = fromLength == 0 ? null : signingKeyTypeOf(buffer, fromOffset, fromLength);
    if (from == null) {
      throw new MalformedPacketException("offline signature without a usable FROM");
    }
    need(at, 6, end);
    SigningKeyType transientType = SigningKeyType.ofCode(u16(at + 4));
    if (transientType == null) {
      throw new MalformedPacketException("unknown transient key type");
    }
    int blockLength = 6 + transientType.publicKeyLength() + from.signatureLength();
    need(at, blockLength, end);
    return blockLength;
  }

  /** The signing key type that a destination's certificate names, or null when it is unknown. */
  private static @Nullable SigningKeyType signingKeyTypeOf(byte[] bytes, int offset, int length) {
    int certificateType = bytes[offset + DESTINATION_MIN - 3] & 0xff;
    if (certificateType != 5) {
      return SigningKeyType.DSA_SHA1;
    }
    if (length < DESTINATION_MIN + 4) {
      return null;
    }
    int at = offset + DESTINATION_MIN;
    return SigningKeyType.ofCode(((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff));
  }

  private static int need(int at, int count, int end) throws MalformedPacketException {
    if (end - at < count) {
      throw new MalformedPacketException("an option runs past the option area");
    }
    return at;
  }

  /** The id that we chose for this connection, or 0 while the peer does not know it. */
  public int sendStreamId() {
    return i32(offset);
  }

  /** The id that the peer chose. */
  public int receiveStreamId() {
    return i32(offset + 4);
  }

  /** The packet's number, 0 to 2^32−1. */
  public long sequence() {
    return i32(offset + 8) & 0xffffffffL;
  }

  /** The highest number the peer has received; meaningless with NO_ACK. */
  public long ackThrough() {
    return i32(offset + 12) & 0xffffffffL;
  }

  /** How many NACKs follow; in an initiator's SYN, 8 words of a hash. */
  public int nackCount() {
    return nackCount;
  }

  /** The missing number at {@code index}. */
  public long nack(int index) {
    return i32(offset + 17 + 4 * index) & 0xffffffffL;
  }

  /** Where the NACK words start in {@link #buffer()}. */
  public int nackOffset() {
    return offset + 17;
  }

  /** The header's resend delay; nobody uses it. */
  public int resendDelaySeconds() {
    return buffer[offset + 17 + 4 * nackCount] & 0xff;
  }

  /** All 16 flag bits. */
  public int flags() {
    return flags;
  }

  /** Whether any bit of {@code flag} is set. */
  public boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** The requested ack delay in milliseconds, or −1 when the packet asks for none. */
  public int delayMillis() {
    return delayMillis;
  }

  /** Whether the peer asks us to stop sending. */
  public boolean chokes() {
    return delayMillis > PacketFlags.CHOKE_ABOVE_MILLIS;
  }

  /** Where the FROM destination starts; only with {@link #fromLength()} above 0. */
  public int fromOffset() {
    return fromOffset;
  }

  /** Bytes of the FROM destination, 0 when there is none. */
  public int fromLength() {
    return fromLength;
  }

  /** The largest payload the peer wants, or −1 when it does not say. */
  public int maxPacketSize() {
    return maxPacketSize;
  }

  /** Where the offline-signature block starts. */
  public int offlineOffset() {
    return offlineOffset;
  }

  /** Bytes of the offline-signature block, 0 when there is none. */
  public int offlineLength() {
    return offlineLength;
  }

  /** Where the signature starts. */
  public int signatureOffset() {
    return signatureOffset;
  }

  /**
   * Bytes of the signature, 0 when there is none. Its type is that of the peer's key, not checked
   * here.
   */
  public int signatureLength() {
    return signatureLength;
  }

  /** Where the payload starts. */
  public int payloadOffset() {
    return payloadOffset;
  }

  /** Bytes of payload. */
  public int payloadLength() {
    return offset + length - payloadOffset;
  }

  /** The array that all offsets refer to. */
  public byte[] buffer() {
    return buffer;
  }

  /** Where the packet starts. */
  public int offset() {
    return offset;
  }

  /** Bytes of the whole packet. */
  public int length() {
    return length;
  }

  @Override
  public String toString() {
    return PacketText.of(this);
  }

  private int u16(int at) {
    return ((buffer[at] & 0xff) << 8) | (buffer[at + 1] & 0xff);
  }

  private int i32(int at) {
    return (u16(at) << 16) | u16(at + 2);
  }
}
