package io.i2pstreaming.loop;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.identity.Destination;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/**
 * Dials that have a session and a destination and wait for one of the open streams to end, because
 * there are as many as {@code maxConcurrentStreams} allows. First come, first served; whoever waits
 * too long fails. Loop thread only.
 *
 * <p>I2P streaming options, "maxConcurrentStreams".
 */
final class DialQueue {
  /** Who may wait at once. */
  static final int MAX_WAITING = 1024;

  /** How long a dial without a connect timeout waits. */
  static final long WAIT_NANOS = 10_000_000_000L;

  private record Waiting(Destination destination, long deadline, Resolution dial) {}

  private final BooleanSupplier room;
  private final Queue<Waiting> waiting = new ArrayDeque<>();

  /**
   * An empty queue.
   *
   * @param room whether one more stream may be opened
   */
  DialQueue(BooleanSupplier room) {
    this.room = room;
  }

  /**
   * Lets a dial go on, at once if there is room and nobody came before it.
   *
   * @param deadline when it gives up, or NEVER
   */
  void add(long now, Destination destination, long deadline, Resolution dial) {
    advance(now);
    if (waiting.isEmpty() && room.getAsBoolean()) {
      dial.resolved(now, destination);
      return;
    }
    waiting.removeIf(entry -> entry.dial.abandoned());
    if (waiting.size() >= MAX_WAITING) {
      dial.unresolved(CloseReason.TOO_MANY_STREAMS, "");
      return;
    }
    long until = deadline == Connection.NEVER ? now + WAIT_NANOS : deadline;
    waiting.add(new Waiting(destination, until, dial));
  }

  /** Lets as many go on as there is room for now. */
  void advance(long now) {
    while (canAdvance()) {
      Waiting first = waiting.remove();
      if (!first.dial.abandoned()) {
        first.dial.resolved(now, first.destination);
      }
    }
  }

  /** Whether {@link #advance} has something to do. */
  boolean canAdvance() {
    return !waiting.isEmpty() && room.getAsBoolean();
  }

  /** Gives up what waited too long. */
  void onTimer(long now) {
    for (Waiting entry : List.copyOf(waiting)) {
      if (entry.deadline - now <= 0) {
        waiting.remove(entry);
        entry.dial.unresolved(CloseReason.TOO_MANY_STREAMS, "");
      }
    }
  }

  /** There is no session any more: all fail. */
  void fail(CloseReason reason, String detail) {
    List<Waiting> all = List.copyOf(waiting);
    waiting.clear();
    all.forEach(entry -> entry.dial.unresolved(reason, detail));
  }

  /** When {@link #onTimer} is wanted next, or NEVER. */
  long nextDeadline() {
    long next = Connection.NEVER;
    for (Waiting entry : waiting) {
      next = Math.min(next, entry.deadline);
    }
    return next;
  }
}
