package io.i2pstreaming.facade;

import java.io.InterruptedIOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Something that threads wait for under a lock, which the parts of one stream share. The condition
 * exists only while somebody waits: on an idle stream mostly nobody does.
 */
abstract class Waitable {
  final ReentrantLock lock;

  /** Guarded by {@code lock}. */
  private @Nullable Condition condition;

  Waitable(ReentrantLock lock) {
    this.lock = lock;
  }

  /** Waits for {@link #signalAll} as {@link PipeWait#await} does; the caller holds the lock. */
  final boolean await(PipeWait wait) throws InterruptedIOException {
    Condition awaited = condition;
    if (awaited == null) {
      awaited = lock.newCondition();
      condition = awaited;
    }
    try {
      return wait.await(awaited);
    } finally {
      if (condition == awaited && !lock.hasWaiters(awaited)) {
        condition = null;
      }
    }
  }

  /** Wakes all that wait; the caller holds the lock. */
  final void signalAll() {
    if (condition != null) {
      condition.signalAll();
    }
  }
}
