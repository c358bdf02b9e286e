package io.i2pstreaming.i2cp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Builds one frame, or one structure inside a frame, in a growing array. Reused by {@link #begin}.
 */
public final class FrameOutput {
  private byte[] bytes = new byte[512];
  private int length;

  /** Starts a frame of {@code type}; the length is filled in by {@link #finish}. */
  public FrameOutput begin(int type) {
    length = 0;
    return u32(0).u8(type);
  }

  /** Starts a bare structure, without frame header. */
  public FrameOutput clear() {
    length = 0;
    return this;
  }

  /** Fills in the frame's length; the frame is then {@code array()[0, length())}. */
  public FrameOutput finish() {
    int end = length;
    length = 0;
    u32(end - FrameSplitter.HEADER);
    length = end;
    return this;
  }

  /** The array that holds what was written. */
  public byte[] array() {
    return bytes;
  }

  /** Bytes written. */
  public int length() {
    return length;
  }

  /** A copy of what was written. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Makes room for {@code count} bytes and returns where they go; the caller fills them in. */
  public int reserve(int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
    }
    int start = length;
    length += count;
    return start;
  }

  /** Takes back what {@link #reserve} gave in excess: the structure ends at {@code newLength}. */
  public FrameOutput truncate(int newLength) {
    length = newLength;
    return this;
  }

  /** One byte. */
  public FrameOutput u8(int value) {
    int at = reserve(1);
    bytes[at] = (byte) value;
    return this;
  }

  /** Two bytes. */
  public FrameOutput u16(int value) {
    return u8(value >>> 8).u8(value);
  }

  /** Four bytes. */
  public FrameOutput u32(long value) {
    return u16((int) (value >>> 16)).u16((int) value);
  }

  /** Eight bytes. */
  public FrameOutput i64(long value) {
    return u32(value >>> 32).u32(value);
  }

  /** All bytes of {@code value}. */
  public FrameOutput bytes(byte[] value) {
    return bytes(value, 0, value.length);
  }

  /** Some bytes of {@code value}. */
  public FrameOutput bytes(byte[] value, int offset, int count) {
    int start = reserve(count);
    System.arraycopy(value, offset, bytes, start, count);
    return this;
  }

  /** One length byte and UTF-8; IllegalArgumentException above 255 bytes. */
  public FrameOutput string(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > 255) {
      throw new IllegalArgumentException(
          // Without the text itself: it may be a password.
          "a text of " + utf8.length + " bytes; I2CP allows 255");
    }
    return u8(utf8.length).bytes(utf8);
  }

  /** A Mapping, sorted by UTF-16 code units as Java routers verify it. */
  public FrameOutput mapping(Map<String, String> map) {
    int sizeAt = reserve(2);
    for (Map.Entry<String, String> entry : new TreeMap<>(map).entrySet()) {
      string(entry.getKey()).u8('=').string(entry.getValue()).u8(';');
    }
    int size = length - sizeAt - 2;
    if (size > 65_535) {
      throw new IllegalArgumentException("options take " + size + " bytes; I2CP allows 65535");
    }
    bytes[sizeAt] = (byte) (size >>> 8);
    bytes[sizeAt + 1] = (byte) size;
    return this;
  }
}
