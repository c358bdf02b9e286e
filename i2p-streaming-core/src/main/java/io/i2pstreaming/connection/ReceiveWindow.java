package io.i2pstreaming.connection;

import io.i2pstreaming.wire.PacketWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which of the peer's numbers have arrived, and the payload of those that came early. Delivers to
 * the sink in order and each once; never takes back what it has acknowledged. Serves {@link
 * ReceiveHalf}, which minds the memory.
 */
final class ReceiveWindow {
  private static final int FIRST_CAPACITY = 16;
  private static final byte[] EMPTY = new byte[0];
  private static final byte[] @Nullable [] NOTHING_EARLY = new byte[0][];

  private final int maxAhead;
  private long expected;
  private long highest = -1;
  private byte[] @Nullable [] early = NOTHING_EARLY;
  private int earlyPackets;
  private int earlyBytes;

  /** A window that takes numbers up to {@code maxAhead} above the highest delivered. */
  ReceiveWindow(int maxAhead) {
    this.maxAhead = maxAhead;
  }

  /** The lowest number not received. */
  long expected() {
    return expected;
  }

  /** The highest number received, or −1. */
  long highest() {
    return highest;
  }

  boolean hasReceived() {
    return highest >= 0;
  }

  boolean hasHoles() {
    return earlyPackets > 0;
  }

  /** Payload that waits for lower numbers. */
  int earlyBytes() {
    return earlyBytes;
  }

  /** Whether the number is too far ahead for any honest sender. */
  boolean isOutOfRange(long sequence) {
    return sequence - expected >= maxAhead;
  }

  boolean isDuplicate(long sequence) {
    return sequence < expected
        || (sequence <= highest && early.length > 0 && early[slot(sequence)] != null);
  }

  /** Takes a packet that is neither out of range nor a duplicate; returns the bytes delivered. */
  int accept(long sequence, byte[] bytes, int offset, int length, ByteSink sink) {
    highest = Math.max(highest, sequence);
    if (sequence != expected) {
      keep(sequence, bytes, offset, length);
      return 0;
    }
    if (length > 0) {
      sink.deliver(bytes, offset, length);
    }
    expected++;
    return length + deliverEarly(sink);
  }

  private int deliverEarly(ByteSink sink) {
    int delivered = 0;
    while (earlyPackets > 0) {
      int slot = slot(expected);
      byte[] payload = early[slot];
      if (payload == null) {
        return delivered;
      }
      early[slot] = null;
      earlyPackets--;
      earlyBytes -= payload.length;
      if (payload.length > 0) {
        sink.deliver(payload, 0, payload.length);
      }
      delivered += payload.length;
      expected++;
    }
    early = NOTHING_EARLY;
    return delivered;
  }

  private void keep(long sequence, byte[] bytes, int offset, int length) {
    while (sequence - expected >= early.length) {
      grow();
    }
    early[slot(sequence)] =
        length == 0 ? EMPTY : Arrays.copyOfRange(bytes, offset, offset + length);
    earlyPackets++;
    earlyBytes += length;
  }

  private void grow() {
    byte[] @Nullable [] old = early;
    early = new byte[Math.max(FIRST_CAPACITY, 2 * old.length)][];
    for (int i = 0; i < old.length; i++) {
      long sequence = expected + i;
      early[slot(sequence)] = old[(int) sequence & (old.length - 1)];
    }
  }

  private int slot(long sequence) {
    return (int) sequence & (early.length - 1);
  }

  /** Forgets everything that has not been delivered. */
  void clearEarly() {
    early = NOTHING_EARLY;
    earlyPackets = 0;
    earlyBytes = 0;
    highest = expected - 1;
  }

  /**
   * The highest number that can be acknowledged with at most {@code maxNacks} NACKs below it: the
   * highest received, or less when there are more holes than that.
   */
  long ackThrough(int maxNacks) {
    if (earlyPackets == 0) {
      return highest;
    }
    int holes = 0;
    long through = expected - 1;
    for (long sequence = expected; sequence <= highest; sequence++) {
      if (early[slot(sequence)] != null) {
        through = sequence;
      } else if (++holes > maxNacks) {
        break;
      }
    }
    return through;
  }

  /** Writes the holes below {@code ackThrough}. */
  void writeNacks(PacketWriter writer, long ackThrough) {
    if (earlyPackets == 0) {
      return;
    }
    for (long sequence = expected; sequence < ackThrough; sequence++) {
      if (early[slot(sequence)] == null) {
        writer.nack(sequence);
      }
    }
  }
}
