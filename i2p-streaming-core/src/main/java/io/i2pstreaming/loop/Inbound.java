package io.i2pstreaming.loop;

import io.i2pstreaming.i2cp.FrameSplitter;
import io.i2pstreaming.i2cp.MalformedFrameException;
import io.i2pstreaming.i2cp.MessageType;
import io.i2pstreaming.link.RouterLink;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the router sent and the loop has not taken yet. The link's reader thread puts whole frames
 * in and never waits: when too many bytes wait, further payloads are dropped and counted, as a
 * network would; other frames have room of their own, and if even that is full, which no honest
 * router does, the link counts as broken. One per link.
 */
final class Inbound implements RouterLink.Receiver {
  /** Bytes that may wait before payloads are dropped. */
  static final long MAX_PAYLOAD_BYTES = 4 << 20;

  /** Bytes that may wait in all. */
  static final long MAX_BYTES = 5 << 20;

  /** What an array costs beside its content. */
  private static final int CHUNK_OVERHEAD = 64;

  private final ConcurrentLinkedQueue<byte[]> chunks = new ConcurrentLinkedQueue<>();
  private final AtomicLong waiting = new AtomicLong();
  private final AtomicLong dropped;
  private final Runnable wake;
  private volatile @Nullable String closedBecause;

  /** Owned by the reader thread, like the next two fields. */
  private final FrameSplitter splitter = new FrameSplitter();

  private byte[] scratch = new byte[64 * 1024];
  private int collected;

  /**
   * An empty one.
   *
   * @param dropped counts payloads dropped
   * @param wake wakes the loop
   */
  Inbound(AtomicLong dropped, Runnable wake) {
    this.dropped = dropped;
    this.wake = wake;
  }

  @Override
  public void received(byte[] bytes, int offset, int length) {
    if (closedBecause != null) {
      return;
    }
    collected = 0;
    try {
      splitter.feed(bytes, offset, length, this::collect);
    } catch (MalformedFrameException e) {
      closedBecause = "the router sent bytes that are not I2CP: " + e.getMessage();
    }
    if (collected > 0) {
      waiting.addAndGet(collected + CHUNK_OVERHEAD);
      chunks.add(Arrays.copyOf(scratch, collected));
    }
    wake.run();
  }

  private void collect(int type, byte[] bytes, int bodyOffset, int bodyLength) {
    int length = FrameSplitter.HEADER + bodyLength;
    long after = waiting.get() + collected + length;
    if (type == MessageType.MESSAGE_PAYLOAD && after > MAX_PAYLOAD_BYTES) {
      dropped.incrementAndGet();
      return;
    }
    if (after > MAX_BYTES) {
      closedBecause = "the router sent more control messages than can wait";
      return;
    }
    if (scratch.length - collected < length) {
      scratch = Arrays.copyOf(scratch, Math.max(collected + length, 2 * scratch.length));
    }
    System.arraycopy(bytes, bodyOffset - FrameSplitter.HEADER, scratch, collected, length);
    collected += length;
  }

  @Override
  public void closed(@Nullable IOException cause) {
    if (closedBecause == null) {
      String why = cause == null ? null : cause.getMessage();
      closedBecause = why == null ? "the connection to the router ended" : why;
    }
    wake.run();
  }

  /** The oldest frames, or null. Loop thread, like the next two. */
  byte @Nullable [] poll() {
    byte[] chunk = chunks.poll();
    if (chunk != null) {
      waiting.addAndGet(-cost(chunk));
    }
    return chunk;
  }

  /** How much waits: the cost of all that {@link #poll} would return now. */
  long waiting() {
    return waiting.get();
  }

  /** What it costs to keep a chunk. */
  static long cost(byte[] chunk) {
    return (long) chunk.length + CHUNK_OVERHEAD;
  }

  /** Whether there is something for the loop. */
  boolean isEmpty() {
    return chunks.isEmpty() && closedBecause == null;
  }

  /** Why no more will come, or null while more may. */
  @Nullable String closedBecause() {
    return chunks.isEmpty() ? closedBecause : null;
  }
}
