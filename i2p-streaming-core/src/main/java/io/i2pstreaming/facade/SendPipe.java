package io.i2pstreaming.facade;

import io.i2pstreaming.buffer.ByteRing;
import io.i2pstreaming.connection.ByteSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one stream on their way out: application threads write and wait for room, the loop
 * reads as a {@link ByteSource} and makes room when the peer has acknowledged. Holds at most its
 * capacity. Application threads may be many; the loop never waits in here.
 */
public final class SendPipe implements ByteSource {
  private final Runnable written;
  private final ReentrantLock lock = new ReentrantLock();

  /** Signalled when bytes are released and when the pipe ends. */
  private final Condition released = lock.newCondition();

  /** Guarded by {@code lock}, as are the fields below. */
  private final ByteRing ring;

  private long flushed;
  private boolean finished;
  private @Nullable StreamFailure closed;
  private @Nullable StreamFailure failed;

  private volatile long timeoutNanos = PipeWait.FOREVER;

  /**
   * An empty pipe.
   *
   * @param capacity bytes it holds at most
   * @param written tells the loop, coalesced by the callee, that there are new bytes, a flush or
   *     the end
   */
  public SendPipe(int capacity, Runnable written) {
    this.ring = new ByteRing(capacity);
    this.written = written;
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
      written.run();
    } while (taken < length);
  }

  private int writeSome(byte[] bytes, int offset, int length, int before) throws IOException {
    lock.lock();
    try {
      PipeWait wait = new PipeWait(timeoutNanos);
      throwIfOver();
      while (ring.free() == 0 && length > 0) {
        if (!wait.await(released)) {
          throw new SocketTimeoutException("no room to write within the write timeout");
        }
        throwIfOver();
      }
      return ring.append(bytes, offset, length);
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
      flushed = ring.end();
    } finally {
      lock.unlock();
    }
    written.run();
  }

  /** No more bytes will be written; later writes throw {@code closed}. Harmless when repeated. */
  public void finish(StreamFailure closedFailure) {
    lock.lock();
    try {
      if (closed == null) {
        closed = closedFailure;
      }
      finished = true;
      flushed = ring.end();
      released.signalAll();
    } finally {
      lock.unlock();
    }
    written.run();
  }

  /** The stream is over: every present and later call throws {@code failure}. First one wins. */
  public void fail(StreamFailure failure) {
    lock.lock();
    try {
      if (failed == null) {
        failed = failure;
      }
      released.signalAll();
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
      long target = ring.end();
      PipeWait wait = new PipeWait(Math.max(1, nanos));
      while (ring.start() < target) {
        if (failed != null) {
          throw failed.exception();
        }
        if (!wait.await(released)) {
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
      return ring.end();
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
      return finished;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void copy(long offset, byte[] target, int targetOffset, int length) {
    lock.lock();
    try {
      ring.copy(offset, target, targetOffset, length);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void release(long offset) {
    lock.lock();
    try {
      ring.release(offset);
      released.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
