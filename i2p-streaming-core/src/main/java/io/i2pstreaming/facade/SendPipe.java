package io.i2pstreaming.facade;

import io.i2pstreaming.buffer.ByteRing;
import io.i2pstreaming.connection.ByteSource;
import io.i2pstreaming.loop.StreamSignals;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one stream on their way out: application threads write and wait for room, the loop
 * reads as a {@link ByteSource} and makes room when the peer has acknowledged. Holds at most its
 * capacity. Application threads may be many; the loop never waits in here.
 */
public final class SendPipe extends Waitable implements ByteSource {
  private final StreamSignals loop;
  private final int capacity;

  /** Null while the peer has everything. Guarded by {@code lock}, as are the fields below. */
  private @Nullable ByteRing ring;

  private long end;
  private long flushed;
  private @Nullable StreamFailure closed;
  private @Nullable StreamFailure failed;

  private volatile long timeoutNanos = PipeWait.FOREVER;

  /**
   * An empty pipe.
   *
   * @param capacity bytes it holds at most
   * @param loop is told that there are new bytes, a flush or the end
   */
  public SendPipe(int capacity, StreamSignals loop) {
    this(new ReentrantLock(), capacity, loop);
  }

  /** Waited for until bytes are released or the pipe ends. */
  SendPipe(ReentrantLock lock, int capacity, StreamSignals loop) {
    super(lock);
    this.capacity = capacity;
    this.loop = loop;
  }

  /** How long a write may wait for room; 0 waits without limit. */
  public void timeoutNanos(long nanos) {
    timeoutNanos = nanos;
  }

  /**
   * Takes all bytes; waits for room, each time at most the write timeout.
   *
   * @throws SocketTimeoutException when there was no room in time; {@code bytesTransferred} of them
   *     were taken
   */
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    int taken = 0;
    do {
      taken += writeSome(bytes, offset + taken, length - taken, taken);
      loop.written();
    } while (taken < length);
  }

  private int writeSome(byte[] bytes, int offset, int length, int before) throws IOException {
    lock.lock();
    try {
      PipeWait wait = new PipeWait(timeoutNanos);
      throwIfOver();
      while (ring != null && ring.free() == 0 && length > 0) {
        if (!await(wait)) {
          throw new SocketTimeoutException("no room to write within the write timeout");
        }
        throwIfOver();
      }
      if (ring == null && length > 0) {
        ring = new ByteRing(capacity, end);
      }
      int count = ring == null ? 0 : ring.append(bytes, offset, length);
      end += count;
      return count;
    } catch (InterruptedIOException e) {
      e.bytesTransferred = before;
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /** Asks not to wait for more bytes before what was written is sent. Does not block. */
  public void flush() throws IOException {
    lock.lock();
    try {
      throwIfOver();
      flushed = end;
    } finally {
      lock.unlock();
    }
    loop.written();
  }

  /** No more bytes will be written; later writes throw {@code closed}. Harmless when repeated. */
  public void finish(StreamFailure closedFailure) {
    lock.lock();
    try {
      if (closed == null) {
        closed = closedFailure;
      }
      flushed = end;
      signalAll();
    } finally {
      lock.unlock();
    }
    loop.written();
  }

  /** The stream is over: every present and later call throws {@code failure}. First one wins. */
  public void fail(StreamFailure failure) {
    lock.lock();
    try {
      if (failed == null) {
        failed = failure;
      }
      signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the application has written its last byte. */
  public boolean isFinished() {
    return finished();
  }

  /**
   * Waits until the peer has every byte written so far.
   *
   * @return false when {@code nanos} passed first
   * @throws IOException when the stream ended before
   */
  public boolean awaitReleased(long nanos) throws IOException {
    lock.lock();
    try {
      long target = end;
      PipeWait wait = new PipeWait(Math.max(1, nanos));
      while (ring != null && ring.start() < target) {
        if (failed != null) {
          throw failed.exception();
        }
        if (!await(wait)) {
          return false;
        }
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void throwIfOver() throws IOException {
    if (failed != null) {
      throw failed.exception();
    }
    if (closed != null) {
      throw closed.exception();
    }
  }

  @Override
  public long writtenThrough() {
    lock.lock();
    try {
      return end;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long flushedThrough() {
    lock.lock();
    try {
      return flushed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean finished() {
    lock.lock();
    try {
      return closed != null;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void copy(long offset, byte[] target, int targetOffset, int length) {
    lock.lock();
    try {
      if (ring != null) {
        ring.copy(offset, target, targetOffset, length);
      } else if (length > 0) {
        throw new IndexOutOfBoundsException("nothing is held, so not byte " + offset);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void release(long offset) {
    lock.lock();
    try {
      if (ring != null) {
        ring.release(offset);
        ring = ring.size() == 0 ? null : ring;
      }
      signalAll();
    } finally {
      lock.unlock();
    }
  }
}
