package io.i2pstreaming.i2cp;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The gzip envelope of I2CP payloads, whose header carries ports and protocol. Holds a deflater, an
 * inflater and the result of the last {@link #open}; never looks into the data. Called by both ends
 * of a session, the client and the embedded router; not thread-safe.
 *
 * <p>I2CP specification, "Payload".
 */
public final class GzipPayload {
  /** Bytes that a stored envelope adds. */
  public static final int STORED_OVERHEAD = 23;

  /** Largest plain payload that {@link #open} gives out: a bound on decompression. */
  public static final int MAX_PLAIN = 65_535;

  /** Largest plain payload that is deflated: Java clients inflate no more. */
  private static final int MAX_DEFLATED = 40 * 1024 - 1;

  /** Up to here deflating cannot pay, measured by the reference implementation. */
  private static final int NEVER_DEFLATED = 66;

  private static final int HEADER = 10;
  private static final int TRAILER = 8;
  private static final int BLOCK_HEADER = 5;

  /** First byte of a stored last block; both reference receivers take their fast path by it. */
  private static final int STORED_BLOCK = 1;

  private static final int FLAG_HEADER_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;
  private static final int FLAGS_RESERVED = 0xe0;

  private final CRC32 crc = new CRC32();
  private final Deflater deflater = new Deflater(3, true);
  private final Inflater inflater = new Inflater(true);
  private byte[] inflated = new byte[4096];

  private byte[] data = inflated;
  private int dataOffset;
  private int dataLength;
  private int fromPort;
  private int toPort;
  private int protocol;

  /**
   * Writes the envelope of {@code data} at {@code target[targetOffset]}, which must have room for
   * {@code length + STORED_OVERHEAD} bytes: deflated when {@code compress} allows it and it is
   * smaller, else stored. At most {@link #MAX_PLAIN} bytes, else IllegalArgumentException.
   *
   * @return the envelope's length, never below {@link #STORED_OVERHEAD}: i2pd refuses shorter ones
   */
  public int seal(
      byte[] target,
      int targetOffset,
      int fromPort,
      int toPort,
      int protocol,
      byte[] data,
      int offset,
      int length,
      boolean compress) {
    if (length > MAX_PLAIN) {
      throw new IllegalArgumentException(
          "a payload of " + length + " bytes; I2CP carries at most " + MAX_PLAIN);
    }
    header(target, targetOffset, fromPort, toPort, protocol);
    int body = targetOffset + HEADER;
    int bodyLength =
        compress && length > NEVER_DEFLATED && length <= MAX_DEFLATED
            ? deflate(target, body, data, offset, length)
            : 0;
    if (bodyLength == 0) {
      bodyLength = store(target, body, data, offset, length);
    }
    crc.reset();
    crc.update(data, offset, length);
    littleEndian32(target, body + bodyLength, (int) crc.getValue());
    littleEndian32(target, body + bodyLength + 4, length);
    return HEADER + bodyLength + TRAILER;
  }

  private static void header(byte[] target, int at, int fromPort, int toPort, int protocol) {
    target[at] = 0x1f;
    target[at + 1] = (byte) 0x8b;
    target[at + 2] = 8;
    target[at + 3] = 0;
    target[at + 4] = (byte) (fromPort >>> 8);
    target[at + 5] = (byte) fromPort;
    target[at + 6] = (byte) (toPort >>> 8);
    target[at + 7] = (byte) toPort;
    target[at + 8] = 2;
    target[at + 9] = (byte) protocol;
  }

  private static int store(byte[] target, int at, byte[] data, int offset, int length) {
    target[at] = STORED_BLOCK;
    target[at + 1] = (byte) length;
    target[at + 2] = (byte) (length >>> 8);
    target[at + 3] = (byte) ~length;
    target[at + 4] = (byte) (~length >>> 8);
    System.arraycopy(data, offset, target, at + BLOCK_HEADER, length);
    return BLOCK_HEADER + length;
  }

  /** Returns 0 when storing is as small, or when the result would be too small for receivers. */
  private int deflate(byte[] target, int at, byte[] data, int offset, int length) {
    deflater.reset();
    deflater.setInput(data, offset, length);
    deflater.finish();
    int written = deflater.deflate(target, at, BLOCK_HEADER + length - 1);
    return deflater.finished() && written >= BLOCK_HEADER ? written : 0;
  }

  /** Opens an envelope; the accessors then describe its content until the next call. */
  public void open(byte[] envelope, int offset, int length) throws MalformedFrameException {
    FrameInput in = new FrameInput(envelope, offset, length);
    int body = readHeader(in);
    int bodyLength = offset + length - TRAILER - body;
    if (bodyLength < 1) {
      throw new MalformedFrameException("a gzip payload without data");
    }
    if (envelope[body] == STORED_BLOCK) {
      openStored(envelope, body, bodyLength);
    } else {
      inflate(envelope, body, bodyLength);
    }
    int trailer = body + bodyLength;
    if (littleEndian32(envelope, trailer + 4) != dataLength) {
      throw new MalformedFrameException("a gzip payload with a wrong length");
    }
    crc.reset();
    crc.update(data, dataOffset, dataLength);
    if (littleEndian32(envelope, trailer) != (int) crc.getValue()) {
      throw new MalformedFrameException("a gzip payload with a wrong checksum");
    }
  }

  /** Reads ports and protocol, passes over optional fields; returns where the data start. */
  private int readHeader(FrameInput in) throws MalformedFrameException {
    if (in.u8() != 0x1f || in.u8() != 0x8b || in.u8() != 8) {
      throw new MalformedFrameException("a payload that is not gzip");
    }
    int flags = in.u8();
    fromPort = in.u16();
    toPort = in.u16();
    in.u8();
    int number = in.u8();
    // 255 is gzip's "unknown system": senders that know of no protocols leave it there.
    protocol = number == 255 ? 0 : number;
    if ((flags & FLAGS_RESERVED) != 0) {
      throw new MalformedFrameException("a gzip header with reserved flags");
    }
    if ((flags & FLAG_EXTRA) != 0) {
      int low = in.u8();
      in.skip(low | in.u8() << 8);
    }
    if ((flags & FLAG_NAME) != 0) {
      skipZeroTerminated(in);
    }
    if ((flags & FLAG_COMMENT) != 0) {
      skipZeroTerminated(in);
    }
    if ((flags & FLAG_HEADER_CRC) != 0) {
      in.skip(2);
    }
    return in.offset();
  }

  private static void skipZeroTerminated(FrameInput in) throws MalformedFrameException {
    while (in.u8() != 0) {
      // The text is nobody's business here; running off the end is malformed.
    }
  }

  private void openStored(byte[] envelope, int at, int length) throws MalformedFrameException {
    int stored = length - BLOCK_HEADER;
    if (stored < 0
        || littleEndian16(envelope, at + 1) != stored
        || littleEndian16(envelope, at + 3) != (~stored & 0xffff)) {
      throw new MalformedFrameException("a stored gzip payload of the wrong length");
    }
    data = envelope;
    dataOffset = at + BLOCK_HEADER;
    dataLength = stored;
  }

  private void inflate(byte[] envelope, int at, int length) throws MalformedFrameException {
    inflater.reset();
    inflater.setInput(envelope, at, length);
    int total = 0;
    try {
      while (!inflater.finished()) {
        if (total == inflated.length) {
          if (total > MAX_PLAIN) {
            throw new MalformedFrameException("a gzip payload of more than 64 KiB");
          }
          inflated = Arrays.copyOf(inflated, Math.min(4 * total, MAX_PLAIN + 1));
        }
        int got = inflater.inflate(inflated, total, inflated.length - total);
        if (got == 0 && !inflater.finished()) {
          throw new MalformedFrameException("a gzip payload that ends too early");
        }
        total += got;
      }
    } catch (DataFormatException e) {
      throw new MalformedFrameException("a gzip payload that cannot be inflated");
    }
    if (inflater.getRemaining() > 0 || total > MAX_PLAIN) {
      throw new MalformedFrameException("a gzip payload with surplus bytes");
    }
    data = inflated;
    dataOffset = 0;
    dataLength = total;
  }

  /**
   * Gives back the memory outside of the heap, a quarter of a MiB, without waiting for a garbage
   * collection. Nothing is sealed or opened after that; the result of the last {@link #open} stays.
   */
  public void end() {
    deflater.end();
    inflater.end();
  }

  /** Source port. */
  public int fromPort() {
    return fromPort;
  }

  /** Destination port. */
  public int toPort() {
    return toPort;
  }

  /** I2CP protocol number: 6 is streaming. */
  public int protocol() {
    return protocol;
  }

  /** The array that holds the plain data. */
  public byte[] data() {
    return data;
  }

  /** Where the plain data start. */
  public int dataOffset() {
    return dataOffset;
  }

  /** Bytes of plain data. */
  public int dataLength() {
    return dataLength;
  }

  private static int littleEndian16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
  }

  private static int littleEndian32(byte[] bytes, int at) {
    return littleEndian16(bytes, at) | littleEndian16(bytes, at + 2) << 16;
  }

  private static void littleEndian32(byte[] bytes, int at, int value) {
    bytes[at] = (byte) value;
    bytes[at + 1] = (byte) (value >>> 8);
    bytes[at + 2] = (byte) (value >>> 16);
    bytes[at + 3] = (byte) (value >>> 24);
  }
}
