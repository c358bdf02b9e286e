package io.i2pstreaming.spring;

import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.spring.I2PListenerFailure.Kind;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream in the hands of a listener, from its acceptance to the end of its handler. Lets a stop
 * end it between two messages, or at once. Thread-safe.
 */
final class ServedStream {
  private static final Logger log = LoggerFactory.getLogger(I2PListenerContainer.class);
  private static final ThreadLocal<ServedStream> CURRENT = new ThreadLocal<>();

  private final I2PListenerContainer container;
  private final I2PSocket socket;
  private final ReentrantLock lock = new ReentrantLock();

  // All guarded by the lock.
  private @Nullable Thread thread;
  private boolean between;
  private boolean ending;
  private boolean cancelled;

  // Both used by the serving thread only.
  private boolean decided;
  private boolean canGoOn;

  ServedStream(I2PListenerContainer container, I2PSocket socket) {
    this.container = container;
    this.socket = socket;
  }

  /** The stream that the calling thread serves; null on threads that serve none. */
  static @Nullable ServedStream current() {
    return CURRENT.get();
  }

  I2PSocket socket() {
    return socket;
  }

  I2PListenerContainer container() {
    return container;
  }

  /**
   * What to do about a failure, other than a reset: for that, and for failures that are nobody's
   * decision, {@code failure} is thrown.
   */
  I2PErrorAction decide(Exception failure, byte @Nullable [] message) throws Exception {
    Kind kind = FailureLog.kind(failure);
    if (kind == null || decided || isCancelled()) {
      log.debug("Listener '{}': a stream ended early", container.id(), failure);
      throw failure;
    }
    I2PListenerFailure described =
        new I2PListenerFailure(kind, failure, socket, message, container.id());
    I2PErrorAction action;
    try {
      action = container.errorHandler().handle(described);
    } catch (Exception e) {
      log.debug("Listener '{}': its error handler threw", container.id(), e);
      action = I2PErrorAction.reset();
    }
    if (action.isReset()) {
      decided = true;
      container.failures().reset(kind, failure);
      throw failure;
    }
    container.failures().answered(kind, failure);
    canGoOn = described.canGoOn();
    return action;
  }

  /** Whether there can be a next message after the last failure. */
  boolean canGoOn() {
    return canGoOn;
  }

  /** The calling thread takes it; false if it has been cancelled meanwhile. */
  boolean begin() {
    lock.lock();
    try {
      if (cancelled) {
        return false;
      }
      thread = Thread.currentThread();
      CURRENT.set(this);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The calling thread is done with it, and is never interrupted for its sake any more. */
  void end() {
    lock.lock();
    try {
      thread = null;
      CURRENT.remove();
      if (cancelled) {
        // Ours, and not meant for what the thread does next.
        Thread.interrupted();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a message from now on; false if it must not, because the listener stops. */
  boolean waitForMessage() {
    lock.lock();
    try {
      between = !ending;
      return between;
    } finally {
      lock.unlock();
    }
  }

  /** A message begins; false if it comes too late, because the listener stops. */
  boolean beginMessage() {
    lock.lock();
    try {
      between = false;
      return !ending;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the listener was stopped without patience. */
  boolean isCancelled() {
    lock.lock();
    try {
      return cancelled;
    } finally {
      lock.unlock();
    }
  }

  /** Lets it end after the message in hand, or now if there is none. */
  void endBetweenMessages() {
    boolean now;
    lock.lock();
    try {
      now = between && !ending;
      ending = true;
    } finally {
      lock.unlock();
    }
    if (now) {
      try {
        socket.shutdownInput();
      } catch (IOException e) {
        // It is over already.
      }
    }
  }

  /** Resets it and interrupts whoever serves it. */
  void cancel() {
    lock.lock();
    try {
      cancelled = true;
      ending = true;
    } finally {
      lock.unlock();
    }
    // Before the interrupt: a handler that returns because of it must not close the stream first.
    socket.reset();
    lock.lock();
    try {
      if (thread != null) {
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }
}
