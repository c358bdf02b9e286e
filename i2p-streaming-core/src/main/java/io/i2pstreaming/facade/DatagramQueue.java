package io.i2pstreaming.facade;

import io.i2pstreaming.loop.DatagramReceiver;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Datagrams on their way from the loop to an application's handler: in order, one at a time, on the
 * application's threads. The loop never waits for them: what has no room is dropped and counted,
 * and so is everything when the executor takes no task. What the handler throws ends with the
 * datagram that caused it.
 */
public final class DatagramQueue implements DatagramReceiver {
  /** Datagrams that may wait. */
  public static final int MAX_WAITING = 256;

  /** Bytes that may wait. */
  public static final int MAX_WAITING_BYTES = 1 << 20;

  /** The application's side. */
  @FunctionalInterface
  public interface Handler {
    /** One datagram; the array is the handler's. */
    void received(int protocol, int fromPort, int toPort, byte[] payload);
  }

  private static final class Datagram {
    final int protocol;
    final int fromPort;
    final int toPort;
    final byte[] payload;

    Datagram(int protocol, int fromPort, int toPort, byte[] payload) {
      this.protocol = protocol;
      this.fromPort = fromPort;
      this.toPort = toPort;
      this.payload = payload;
    }
  }

  private static final Logger log = LoggerFactory.getLogger(DatagramQueue.class);

  private final Handler handler;
  private final Executor executor;
  private final ConcurrentLinkedQueue<Datagram> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingCount = new AtomicInteger();
  private final AtomicInteger waitingBytes = new AtomicInteger();
  private final AtomicBoolean draining = new AtomicBoolean();
  private final AtomicLong delivered = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private volatile boolean closed;

  /** The loop's, while it hands a task to the executor. */
  private volatile @Nullable Thread handingOver;

  /** An empty one. */
  public DatagramQueue(Handler handler, Executor executor) {
    this.handler = handler;
    this.executor = executor;
  }

  @Override
  public void datagram(
      int protocol, int fromPort, int toPort, byte[] bytes, int offset, int length) {
    if (closed
        || waitingCount.get() >= MAX_WAITING
        || waitingBytes.get() + length > MAX_WAITING_BYTES) {
      dropped.incrementAndGet();
      return;
    }
    waitingCount.incrementAndGet();
    waitingBytes.addAndGet(length);
    byte[] payload = Arrays.copyOfRange(bytes, offset, offset + length);
    waiting.add(new Datagram(protocol, fromPort, toPort, payload));
    if (draining.compareAndSet(false, true)) {
      handOver();
    }
  }

  private void handOver() {
    handingOver = Thread.currentThread();
    try {
      executor.execute(this::drain);
    } catch (RuntimeException e) {
      log.debug("The executor of a datagram handler takes no task", e);
      discard();
      draining.set(false);
    } finally {
      handingOver = null;
    }
  }

  private void drain() {
    if (Thread.currentThread() == handingOver) {
      throw new RejectedExecutionException(
          "an executor that runs tasks on the calling thread would stop all streams");
    }
    boolean whole = false;
    try {
      do {
        for (Datagram next = take(); next != null; next = take()) {
          deliver(next);
        }
        draining.set(false);
      } while (!waiting.isEmpty() && draining.compareAndSet(false, true));
      whole = true;
    } finally {
      if (!whole) {
        // An Error of the handler ends this task; the next datagram starts another one.
        draining.set(false);
      }
    }
  }

  private @Nullable Datagram take() {
    Datagram next = waiting.poll();
    if (next != null) {
      waitingCount.decrementAndGet();
      waitingBytes.addAndGet(-next.payload.length);
    }
    return next;
  }

  private void deliver(Datagram next) {
    if (closed) {
      dropped.incrementAndGet();
      return;
    }
    delivered.incrementAndGet();
    try {
      handler.received(next.protocol, next.fromPort, next.toPort, next.payload);
    } catch (RuntimeException e) {
      if (failed.getAndIncrement() == 0) {
        // Once only: peers decide how often this happens.
        log.error("A datagram handler failed; further failures are only counted", e);
      }
    }
  }

  private void discard() {
    while (take() != null) {
      dropped.incrementAndGet();
    }
  }

  /** Delivers nothing more. */
  public void close() {
    closed = true;
  }

  /** Datagrams given to the handler. */
  public long delivered() {
    return delivered.get();
  }

  /** Datagrams that found no room, no thread, or a closed handler. */
  public long dropped() {
    return dropped.get();
  }

  /** Datagrams on which the handler threw an exception. */
  public long failed() {
    return failed.get();
  }
}
