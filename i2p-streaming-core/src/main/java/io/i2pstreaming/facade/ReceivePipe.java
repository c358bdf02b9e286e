package io.i2pstreaming.facade;

import io.i2pstreaming.buffer.ByteRing;
import io.i2pstreaming.connection.ByteSink;
import io.i2pstreaming.loop.StreamSignals;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one stream on their way in: the loop delivers as a {@link ByteSink}, application
 * threads read and wait for more. What is unread is bounded by the connection, which asks the peer
 * to stop in time; the capacity is a last guard. The loop never waits in here.
 */
public final class ReceivePipe extends Waitable implements ByteSink {
  private final StreamSignals loop;
  private final int capacity;
  private final int crowdedBytes;

  /** Null while there is nothing to read. Guarded by {@code lock}, as are the fields below. */
  private @Nullable ByteRing ring;

  private boolean ended;
  private boolean shutDown;

  /** Whether so much was unread that the peer may have been asked to stop. */
  private boolean crowded;

  private @Nullable StreamFailure closed;
  private @Nullable StreamFailure failed;

  private volatile long timeoutNanos = PipeWait.FOREVER;

  /**
   * An empty pipe.
   *
   * @param capacity bytes it holds at most; more than the connection's receive budget
   * @param crowdedBytes from this much unread on, reads are told to the loop
   * @param loop is told that there is room again or that nobody reads any more
   */
  public ReceivePipe(int capacity, int crowdedBytes, StreamSignals loop) {
    this(new ReentrantLock(), capacity, crowdedBytes, loop);
  }

  /** Waited for until bytes or the end arrive. */
  ReceivePipe(ReentrantLock lock, int capacity, int crowdedBytes, StreamSignals loop) {
    super(lock);
    this.capacity = capacity;
    this.crowdedBytes = crowdedBytes;
    this.loop = loop;
  }

  /** How long a read may wait; 0 waits without limit. */
  public void timeoutNanos(long nanos) {
    timeoutNanos = nanos;
  }

  /** The read timeout. */
  public long timeoutNanos() {
    return timeoutNanos;
  }

  /**
   * Waits for at least one byte, then takes what is there.
   *
   * @return how many bytes, or −1 after the peer's last one
   * @throws SocketTimeoutException when nothing came in time; nothing is lost
   */
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    boolean tell;
    int count;
    lock.lock();
    try {
      if (length == 0) {
        throwIfClosed();
        return 0;
      }
      ByteRing bytes = awaitBytes();
      if (bytes == null) {
        return -1;
      }
      count = bytes.take(target, offset, length);
      tell = crowded;
      if (bytes.size() == 0) {
        ring = null;
        crowded = false;
      }
    } finally {
      lock.unlock();
    }
    if (tell) {
      loop.read();
    }
    return count;
  }

  /** Waits until there is a byte; null at the end of the stream. */
  private @Nullable ByteRing awaitBytes() throws IOException {
    PipeWait wait = new PipeWait(timeoutNanos);
    while (true) {
      throwIfClosed();
      if (ring != null) {
        return ring;
      }
      if (ended || shutDown) {
        return null;
      }
      if (failed != null) {
        throw failed.exception();
      }
      if (!await(wait)) {
        throw new SocketTimeoutException("nothing to read within the read timeout");
      }
    }
  }

  /** Bytes that can be read without waiting. */
  public int available() throws IOException {
    lock.lock();
    try {
      throwIfClosed();
      return size();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody reads any more: later reads see the end of the stream, what arrives is thrown away. */
  public void shutdown() {
    lock.lock();
    try {
      shutDown = true;
      ring = null;
      signalAll();
    } finally {
      lock.unlock();
    }
    loop.read();
  }

  /** The application closed the stream: present and later reads throw {@code closedFailure}. */
  public void close(StreamFailure closedFailure) {
    lock.lock();
    try {
      if (closed == null) {
        closed = closedFailure;
      }
      ring = null;
      signalAll();
    } finally {
      lock.unlock();
    }
    loop.read();
  }

  /**
   * The stream is over: reads throw {@code failure} after what was delivered; the first one wins.
   */
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

  private int size() {
    return ring == null ? 0 : ring.size();
  }

  private void throwIfClosed() throws IOException {
    if (closed != null) {
      throw closed.exception();
    }
  }

  @Override
  public void deliver(byte[] bytes, int offset, int length) {
    lock.lock();
    try {
      if (closed != null || shutDown) {
        return;
      }
      if (ring == null && length > 0) {
        ring = new ByteRing(capacity);
      }
      if (ring != null && ring.append(bytes, offset, length) < length) {
        throw new IllegalStateException("a connection delivered more than its receive budget");
      }
      crowded |= size() >= crowdedBytes;
      signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void endOfStream() {
    lock.lock();
    try {
      ended = true;
      signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int unread() {
    lock.lock();
    try {
      return size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean abandoned() {
    lock.lock();
    try {
      return closed != null;
    } finally {
      lock.unlock();
    }
  }
}
