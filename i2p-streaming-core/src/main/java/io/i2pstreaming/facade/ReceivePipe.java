package io.i2pstreaming.facade;

import io.i2pstreaming.buffer.ByteRing;
import io.i2pstreaming.connection.ByteSink;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one stream on their way in: the loop delivers as a {@link ByteSink}, application
 * threads read and wait for more. What is unread is bounded by the connection, which asks the peer
 * to stop in time; the capacity is a last guard. The loop never waits in here.
 */
public final class ReceivePipe implements ByteSink {
  private final Runnable read;
  private final int crowdedBytes;
  private final ReentrantLock lock = new ReentrantLock();

  /** Signalled when bytes or the end arrive. */
  private final Condition arrived = lock.newCondition();

  /** Guarded by {@code lock}, as are the fields below. */
  private final ByteRing ring;

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
   * @param read tells the loop, coalesced by the callee, that there is room again or that nobody
   *     reads any more
   */
  public ReceivePipe(int capacity, int crowdedBytes, Runnable read) {
    this.ring = new ByteRing(capacity);
    this.crowdedBytes = crowdedBytes;
    this.read = read;
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
      if (!awaitBytes()) {
        return -1;
      }
      count = ring.take(target, offset, length);
      tell = crowded;
      if (ring.size() == 0) {
        crowded = false;
      }
    } finally {
      lock.unlock();
    }
    if (tell) {
      read.run();
    }
    return count;
  }

  /** Waits until there is a byte; false at the end of the stream. */
  private boolean awaitBytes() throws IOException {
    PipeWait wait = new PipeWait(timeoutNanos);
    while (true) {
      throwIfClosed();
      if (ring.size() > 0) {
        return true;
      }
      if (ended || shutDown) {
        return false;
      }
      if (failed != null) {
        throw failed.exception();
      }
      if (!wait.await(arrived)) {
        throw new SocketTimeoutException("nothing to read within the read timeout");
      }
    }
  }

  /** Bytes that can be read without waiting. */
  public int available() throws IOException {
    lock.lock();
    try {
      throwIfClosed();
      return ring.size();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody reads any more: later reads see the end of the stream, what arrives is thrown away. */
  public void shutdown() {
    lock.lock();
    try {
      shutDown = true;
      ring.release(ring.end());
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
    read.run();
  }

  /** The application closed the stream: present and later reads throw {@code closedFailure}. */
  public void close(StreamFailure closedFailure) {
    lock.lock();
    try {
      if (closed == null) {
        closed = closedFailure;
      }
      ring.release(ring.end());
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
    read.run();
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
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
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
      if (ring.append(bytes, offset, length) < length) {
        throw new IllegalStateException("a connection delivered more than its receive budget");
      }
      crowded |= ring.size() >= crowdedBytes;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void endOfStream() {
    lock.lock();
    try {
      ended = true;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int unread() {
    lock.lock();
    try {
      return ring.size();
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
