package io.i2pstreaming.i2cp;

/**
 * The gzip envelope of I2CP payloads, whose header carries ports and protocol. Holds a deflater, an
 * inflater and the result of the last {@link #open}; not thread-safe.
 *
 * <p>I2CP specification, "Payload".
 */
public final class GzipPayload {
  /** Bytes that a stored envelope adds. */
  public static final int STORED_OVERHEAD = 23;

  /** Largest plain payload that {@link #open} gives out: a bound on decompression. */
  public static final int MAX_PLAIN = 65_535;

  /**
   * Writes the envelope of {@code data} at {@code target[targetOffset]}, which must have room for
   * {@code length + STORED_OVERHEAD} bytes: deflated when {@code compress} allows it and it is
   * smaller, else stored.
   *
   * @return the envelope's length
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
    throw new UnsupportedOperationException("seam");
  }

  /** Opens an envelope; the accessors then describe its content until the next call. */
  public void open(byte[] envelope, int offset, int length) throws MalformedFrameException {
    throw new UnsupportedOperationException("seam");
  }

  /** Source port. */
  public int fromPort() {
    throw new UnsupportedOperationException("seam");
  }

  /** Destination port. */
  public int toPort() {
    throw new UnsupportedOperationException("seam");
  }

  /** I2CP protocol number: 6 is streaming. */
  public int protocol() {
    throw new UnsupportedOperationException("seam");
  }

  /** The array that holds the plain data. */
  public byte[] data() {
    throw new UnsupportedOperationException("seam");
  }

  /** Where the plain data start. */
  public int dataOffset() {
    throw new UnsupportedOperationException("seam");
  }

  /** Bytes of plain data. */
  public int dataLength() {
    throw new UnsupportedOperationException("seam");
  }
}
