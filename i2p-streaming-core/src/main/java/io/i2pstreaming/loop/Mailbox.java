package io.i2pstreaming.loop;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Where other threads leave things for the loop thread: commands, and streams whose application
 * wrote, read or gave up. Never blocks anyone. A stream is in it at most once, so its length is
 * bounded by {@link #MAX_COMMANDS} and the number of streams. Wakes the loop only when it sleeps.
 */
final class Mailbox {
  /** Commands of applications that may wait at once. */
  static final int MAX_COMMANDS = 4096;

  private final ConcurrentLinkedQueue<LoopCommand> commands = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicReference<@Nullable StreamHandle> signalled = new AtomicReference<>();
  private final Runnable wake;
  private volatile boolean closed;

  Mailbox(Runnable wake) {
    this.wake = wake;
  }

  /** Leaves a command of an application; false when too many wait already or the loop has ended. */
  boolean offer(LoopCommand command) {
    if (closed) {
      return false;
    }
    if (waiting.incrementAndGet() > MAX_COMMANDS) {
      waiting.decrementAndGet();
      return false;
    }
    commands.add(command);
    wake.run();
    // Closed meanwhile: either the loop still finds the command, or it comes out again here.
    return !closed || !commands.remove(command);
  }

  /** Takes no more commands of applications; those that are in are still to be handled. */
  void close() {
    closed = true;
  }

  /**
   * Leaves a command that must not be lost; whoever calls this has a bound of his own. False when
   * the loop has ended, and nobody runs it.
   */
  boolean post(LoopCommand command) {
    waiting.incrementAndGet();
    commands.add(command);
    wake.run();
    return !closed || !commands.remove(command);
  }

  /** Leaves a stream that was not in here before. */
  void signal(StreamHandle stream) {
    StreamHandle head;
    do {
      head = signalled.get();
      stream.next = head;
    } while (!signalled.compareAndSet(head, stream));
    wake.run();
  }

  /** The oldest command, or null. */
  @Nullable LoopCommand poll() {
    LoopCommand command = commands.poll();
    if (command != null) {
      waiting.decrementAndGet();
    }
    return command;
  }

  /** All signalled streams, linked by {@code next}, the latest first; null when there are none. */
  @Nullable StreamHandle takeSignalled() {
    return signalled.get() == null ? null : signalled.getAndSet(null);
  }

  boolean isEmpty() {
    return commands.isEmpty() && signalled.get() == null;
  }
}
