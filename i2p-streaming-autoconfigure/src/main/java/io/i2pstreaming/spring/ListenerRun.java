package io.i2pstreaming.spring;

import io.i2pstreaming.I2PServerSocket;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.spring.I2PListenerContainer.State;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.converter.SimpleMessageConverter;
import org.springframework.util.backoff.BackOffExecution;

/**
 * One start of an {@link I2PListenerContainer}, and everything accepted until the stop that belongs
 * to it. Thread-safe.
 */
final class ListenerRun {
  private static final Logger log = LoggerFactory.getLogger(I2PListenerContainer.class);

  /** Text and bytes, for handlers that know no other messages. */
  private static final ListenerReply SIMPLE_REPLY = new ListenerReply(new SimpleMessageConverter());

  private final I2PListenerContainer container;
  private final String id;
  private final I2PServerSocket server;
  private final Semaphore permits;
  private final ReentrantLock lock = new ReentrantLock();

  /** Signalled when any of the fields below changes. */
  private final Condition changed = lock.newCondition();

  // All guarded by the lock. At most `concurrency` streams: each holds a permit.
  private final Set<ServedStream> streams = new LinkedHashSet<>();
  private final List<Runnable> whenIdle = new ArrayList<>();
  private boolean paused;
  private int pauses;
  private boolean stopping;
  private boolean over;

  ListenerRun(I2PListenerContainer container, I2PServerSocket server) {
    this.container = container;
    this.id = container.id();
    this.server = server;
    this.permits = new Semaphore(container.concurrency());
  }

  void start() {
    // Not a daemon: an application that only serves I2P streams stays alive by it.
    new Thread(this::acceptStreams, "i2p-accept-" + id).start();
  }

  I2PServerSocket server() {
    return server;
  }

  State state() {
    lock.lock();
    try {
      if (stopping) {
        return State.STOPPED;
      }
      return paused ? State.PAUSED : State.RUNNING;
    } finally {
      lock.unlock();
    }
  }

  /** False if it is stopping. */
  boolean pause(boolean pause) {
    lock.lock();
    try {
      paused = pause;
      pauses++;
      changed.signalAll();
      return !stopping;
    } finally {
      lock.unlock();
    }
  }

  private void acceptStreams() {
    BackOffExecution recovery = null;
    while (true) {
      permits.acquireUninterruptibly();
      I2PSocket socket;
      try {
        if (!awaitResumed()) {
          return;
        }
        socket = server.accept();
        recovery = null;
      } catch (IOException e) {
        permits.release();
        if (server.isClosed() || e instanceof StreamingException.Closed) {
          ended("ended with its stream manager", e);
          return;
        }
        recovery = recovery == null ? container.recovery().start() : recovery;
        if (!awaitRecovery(recovery, e)) {
          return;
        }
        continue;
      }
      // It may have been paused while the accept waited; whoever dialled waits here, then.
      if (!awaitResumed()) {
        socket.reset();
        return;
      }
      serve(socket);
    }
  }

  /** Waits while paused; false if stopping. */
  private boolean awaitResumed() {
    lock.lock();
    try {
      while (paused && !stopping) {
        changed.awaitUninterruptibly();
      }
      return !stopping;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits before the next attempt to accept; less when paused or resumed meanwhile. False if there
   * is none.
   */
  private boolean awaitRecovery(BackOffExecution recovery, IOException why) {
    if (why instanceof InterruptedIOException) {
      // Or the next attempt would fail for the same reason.
      Thread.interrupted();
    }
    long millis = recovery.nextBackOff();
    if (millis == BackOffExecution.STOP) {
      ended("has failed to accept streams too often, and ends", why);
      return false;
    }
    log.warn(
        "Listener '{}' could not accept a stream, tries again in {} ms: {}",
        id,
        millis,
        why.toString());
    long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
    lock.lock();
    try {
      int before = pauses;
      while (nanos > 0 && !stopping && pauses == before) {
        nanos = changed.awaitNanos(nanos);
      }
      return !stopping;
    } catch (InterruptedException e) {
      return !stopping;
    } finally {
      lock.unlock();
    }
  }

  private void serve(I2PSocket socket) {
    ServedStream stream = new ServedStream(container, socket);
    boolean late;
    lock.lock();
    try {
      late = stopping;
      if (!late) {
        streams.add(stream);
      }
    } finally {
      lock.unlock();
    }
    if (late) {
      socket.reset();
      return;
    }
    container.streamBegan();
    try {
      container.executor().execute(() -> handle(stream));
    } catch (RejectedExecutionException e) {
      log.warn("Listener '{}' has no thread for a stream and resets it", id);
      end(stream, false);
    }
  }

  // Whatever a handler throws belongs to its stream and must not end the listener.
  @SuppressWarnings("CatchingUnchecked")
  private void handle(ServedStream stream) {
    if (!stream.begin()) {
      end(stream, false);
      return;
    }
    boolean well = false;
    try {
      callHandler(stream);
      well = !stream.isCancelled();
    } catch (Exception e) {
      // Logged where it was decided.
      log.debug("Listener '{}': a stream is reset", id, e);
    } finally {
      end(stream, well);
    }
  }

  /** In this order: a peer that sees the end of its stream finds it counted. */
  private void end(ServedStream stream, boolean well) {
    container.streamEnded(well);
    I2PSocket socket = stream.socket();
    try {
      if (well) {
        socket.close();
      } else {
        socket.reset();
      }
    } catch (IOException e) {
      log.debug("Listener '{}': a stream is reset", id, e);
      socket.reset();
    }
    stream.end();
    release(stream);
  }

  private void callHandler(ServedStream stream) throws Exception {
    I2PSocket socket = stream.socket();
    try {
      container.handler().handle(socket);
    } catch (Exception e) {
      Object reply = stream.decide(e, null).reply();
      if (reply != null) {
        byte[] bytes = SIMPLE_REPLY.bytes(reply, Duration.ZERO);
        if (bytes != null) {
          socket.getOutputStream().write(bytes);
        }
      }
    }
  }

  private void release(ServedStream stream) {
    lock.lock();
    try {
      streams.remove(stream);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    permits.release();
    settle();
  }

  /** Accepts no more; runs {@code callback} when the streams are served, or cancelled. */
  void stop(Runnable callback, Duration gracePeriod) {
    List<ServedStream> left;
    lock.lock();
    try {
      closeServer();
      whenIdle.add(callback);
      left = List.copyOf(streams);
    } finally {
      lock.unlock();
    }
    left.forEach(ServedStream::endBetweenMessages);
    settle();
    if (gracePeriod.isZero()) {
      cancelStreams();
    } else if (!isOver()) {
      Thread patience = new Thread(() -> awaitIdle(gracePeriod), "i2p-stop-" + id);
      patience.setDaemon(true);
      patience.start();
    }
  }

  private boolean isOver() {
    lock.lock();
    try {
      return over;
    } finally {
      lock.unlock();
    }
  }

  private void awaitIdle(Duration gracePeriod) {
    long nanos = gracePeriod.toNanos();
    lock.lock();
    try {
      while (nanos > 0 && !over) {
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      // As if the time were over: nobody else knows of this thread.
    } finally {
      lock.unlock();
    }
    cancelStreams();
  }

  /** Nobody waits any longer for handlers that do not end. */
  private void cancelStreams() {
    List<ServedStream> left;
    lock.lock();
    try {
      left = List.copyOf(streams);
      streams.clear();
    } finally {
      lock.unlock();
    }
    if (!left.isEmpty()) {
      log.info("Listener '{}' was stopped and resets {} streams in hand", id, left.size());
    }
    left.forEach(ServedStream::cancel);
    settle();
  }

  /** Within the lock: whoever sees this run stopped finds its port free. */
  private void closeServer() {
    stopping = true;
    changed.signalAll();
    try {
      server.close();
    } catch (IOException e) {
      log.debug("Listener '{}': closing its port", id, e);
    }
    // Wakes the accepting thread where it waits for a free handler.
    permits.release();
  }

  private void ended(String how, IOException why) {
    boolean unexpected;
    lock.lock();
    try {
      unexpected = !stopping;
      closeServer();
    } finally {
      lock.unlock();
    }
    if (unexpected) {
      log.warn("Listener '{}' {}: {}", id, how, why.getMessage());
    }
    settle();
  }

  /** Tells those who wait, once this run is over. */
  private void settle() {
    List<Runnable> told;
    lock.lock();
    try {
      if (!stopping || !streams.isEmpty()) {
        return;
      }
      over = true;
      changed.signalAll();
      told = new ArrayList<>(whenIdle);
      whenIdle.clear();
    } finally {
      lock.unlock();
    }
    container.ended(this);
    told.forEach(Runnable::run);
  }
}
