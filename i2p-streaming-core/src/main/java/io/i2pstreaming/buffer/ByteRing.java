package io.i2pstreaming.buffer;

import java.util.Objects;

/**
 * A byte queue that remembers absolute offsets: byte number n of a stream keeps its number while it
 * stays. Storage grows by doubling up to the capacity and goes away when the ring runs empty, so an
 * idle stream costs nothing. Not thread-safe.
 */
public final class ByteRing {
  private static final int SMALLEST = 4096;
  private static final int LARGEST = 1 << 30;
  private static final byte[] NOTHING = new byte[0];

  private final int capacity;
  private byte[] storage = NOTHING;
  private long start;
  private long end;

  /** A ring that holds at most {@code capacity} bytes at once. */
  public ByteRing(int capacity) {
    this(capacity, 0);
  }

  /** A ring whose first byte will have the offset {@code start}. */
  public ByteRing(int capacity, long start) {
    if (capacity < 1 || capacity > LARGEST) {
      throw new IllegalArgumentException(
          "capacity must be 1 to " + LARGEST + " bytes, not " + capacity);
    }
    this.capacity = capacity;
    this.start = start;
    this.end = start;
  }

  /** The offset of the oldest byte held. */
  public long start() {
    return start;
  }

  /** The offset behind the newest byte held. */
  public long end() {
    return end;
  }

  /** Bytes held. */
  public int size() {
    return (int) (end - start);
  }

  /** Bytes that can be appended now. */
  public int free() {
    return capacity - size();
  }

  /** Appends as much as fits and returns how many bytes that was. */
  public int append(byte[] source, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, source.length);
    int count = Math.min(length, free());
    makeRoom(size() + count);
    int index = index(end);
    int first = Math.min(count, storage.length - index);
    System.arraycopy(source, offset, storage, index, first);
    System.arraycopy(source, offset + first, storage, 0, count - first);
    end += count;
    return count;
  }

  /** Copies bytes that start at absolute offset {@code from}, all of which must be held. */
  public void copy(long from, byte[] target, int offset, int length) {
    if (from < start || from + length > end) {
      throw new IndexOutOfBoundsException(
          "bytes "
              + from
              + " to "
              + (from + length)
              + " of a ring that holds "
              + start
              + " to "
              + end);
    }
    if (length == 0) {
      return;
    }
    int index = index(from);
    int first = Math.min(length, storage.length - index);
    System.arraycopy(storage, index, target, offset, first);
    System.arraycopy(storage, 0, target, offset + first, length - first);
  }

  /** Takes up to {@code length} of the oldest bytes out and returns how many. */
  public int take(byte[] target, int offset, int length) {
    int count = Math.min(length, size());
    copy(start, target, offset, count);
    release(start + count);
    return count;
  }

  /** Drops all bytes before absolute offset {@code to}. */
  public void release(long to) {
    if (to > end) {
      throw new IndexOutOfBoundsException(
          "release to " + to + " but only " + end + " were appended");
    }
    start = Math.max(start, to);
    if (start == end) {
      storage = NOTHING;
    }
  }

  private void makeRoom(int needed) {
    if (needed <= storage.length) {
      return;
    }
    int size = Math.max(SMALLEST, Integer.highestOneBit(Math.max(1, needed - 1)) << 1);
    byte[] grown = new byte[size];
    int held = size();
    if (held > 0) {
      byte[] flat = new byte[held];
      copy(start, flat, 0, held);
      int index = (int) (start & (size - 1));
      int first = Math.min(held, size - index);
      System.arraycopy(flat, 0, grown, index, first);
      System.arraycopy(flat, first, grown, 0, held - first);
    }
    storage = grown;
  }

  /** Storage lengths are powers of two, so an offset's place is its low bits. */
  private int index(long offset) {
    return storage.length == 0 ? 0 : (int) (offset & (storage.length - 1));
  }
}
