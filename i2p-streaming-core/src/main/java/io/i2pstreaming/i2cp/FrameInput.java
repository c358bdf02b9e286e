package io.i2pstreaming.i2cp;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the fields of one frame's body; running past its end is a malformed frame. */
public final class FrameInput {
  private final byte[] bytes;
  private final int end;
  private int at;

  /** Reads {@code bytes[offset, offset+length)}. */
  public FrameInput(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.at = offset;
    this.end = offset + length;
  }

  /** Bytes not read yet. */
  public int remaining() {
    return end - at;
  }

  /** Where the next field starts in {@link #array()}. */
  public int offset() {
    return at;
  }

  /** The array that is read. */
  public byte[] array() {
    return bytes;
  }

  /** Passes over {@code count} bytes and returns where they start. */
  public int skip(int count) throws MalformedFrameException {
    if (count < 0 || count > end - at) {
      throw new MalformedFrameException("a field runs past the end of the message");
    }
    int start = at;
    at += count;
    return start;
  }

  /** An unsigned byte. */
  public int u8() throws MalformedFrameException {
    return bytes[skip(1)] & 0xff;
  }

  /** An unsigned 16-bit number. */
  public int u16() throws MalformedFrameException {
    return u8() << 8 | u8();
  }

  /** An unsigned 32-bit number. */
  public long u32() throws MalformedFrameException {
    return (long) u16() << 16 | u16();
  }

  /** 64 bits: dates, in milliseconds since 1970. */
  public long i64() throws MalformedFrameException {
    return u32() << 32 | u32();
  }

  /** A copy of the next {@code count} bytes. */
  public byte[] bytes(int count) throws MalformedFrameException {
    int start = skip(count);
    byte[] copy = new byte[count];
    System.arraycopy(bytes, start, copy, 0, count);
    return copy;
  }

  /** One length byte and UTF-8. */
  public String string() throws MalformedFrameException {
    int length = u8();
    return new String(bytes, skip(length), length, StandardCharsets.UTF_8);
  }

  /** A Mapping, in the order of the wire. */
  public Map<String, String> mapping() throws MalformedFrameException {
    int size = u16();
    FrameInput entries = new FrameInput(bytes, skip(size), size);
    Map<String, String> map = new LinkedHashMap<>();
    while (entries.remaining() > 0) {
      String key = entries.string();
      entries.expect('=');
      String value = entries.string();
      entries.expect(';');
      if (map.put(key, value) != null) {
        throw new MalformedFrameException("a mapping names a key twice");
      }
    }
    return map;
  }

  private void expect(char separator) throws MalformedFrameException {
    if (u8() != separator) {
      throw new MalformedFrameException("a mapping lacks '" + separator + "'");
    }
  }
}
