package io.i2pstreaming.i2cp;

import java.util.Arrays;

/**
 * Cuts a byte stream into I2CP frames: {@code length (4) | type (1) | body}. Frames that lie whole
 * in the input are handed on in place; a frame that is cut is collected first. Not thread-safe.
 */
public final class FrameSplitter {
  /** Bytes of length and type. */
  public static final int HEADER = 5;

  /** Longest body accepted: what Java routers accept. */
  public static final int MAX_BODY = 131_072;

  /** Takes one frame. */
  public interface FrameHandler {
    /** A whole frame; the array is only valid during the call. */
    void frame(int type, byte[] bytes, int bodyOffset, int bodyLength)
        throws MalformedFrameException;
  }

  private byte[] carry = new byte[4096];
  private int carried;

  /** Takes the next bytes, cut anywhere, and hands on every frame that is complete. */
  public void feed(byte[] bytes, int offset, int length, FrameHandler handler)
      throws MalformedFrameException {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      if (carried == 0) {
        int consumed = wholeFrame(bytes, at, end, handler);
        if (consumed > 0) {
          at += consumed;
          continue;
        }
      }
      at += collect(bytes, at, end);
      if (carried >= HEADER && carried == HEADER + bodyLength(carry, 0)) {
        carried = 0;
        handler.frame(carry[4] & 0xff, carry, HEADER, bodyLength(carry, 0));
      }
    }
  }

  /** Hands on the frame at {@code at} if all of it is there; returns its length, else 0. */
  private static int wholeFrame(byte[] bytes, int at, int end, FrameHandler handler)
      throws MalformedFrameException {
    if (end - at < HEADER) {
      return 0;
    }
    int body = bodyLength(bytes, at);
    if (end - at < HEADER + body) {
      return 0;
    }
    handler.frame(bytes[at + 4] & 0xff, bytes, at + HEADER, body);
    return HEADER + body;
  }

  /** Moves bytes of one frame into the carry buffer; returns how many. */
  private int collect(byte[] bytes, int at, int end) throws MalformedFrameException {
    int wanted = carried < HEADER ? HEADER : HEADER + bodyLength(carry, 0);
    int count = Math.min(wanted - carried, end - at);
    if (carried + count > carry.length) {
      carry = Arrays.copyOf(carry, Math.max(wanted, 2 * carry.length));
    }
    System.arraycopy(bytes, at, carry, carried, count);
    carried += count;
    return count;
  }

  private static int bodyLength(byte[] bytes, int at) throws MalformedFrameException {
    int length =
        (bytes[at] & 0xff) << 24
            | (bytes[at + 1] & 0xff) << 16
            | (bytes[at + 2] & 0xff) << 8
            | (bytes[at + 3] & 0xff);
    if (length < 0 || length > MAX_BODY) {
      throw new MalformedFrameException("a body of " + Integer.toUnsignedString(length) + " bytes");
    }
    return length;
  }
}
