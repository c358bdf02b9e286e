package io.i2pstreaming.sample;

import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** How far one thread has sent what another one waits for. */
final class Progress {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long sent;
  private boolean finished;
  private @Nullable IOException failure;

  void sending(int more) {
    update(() -> sent += more);
  }

  void finished() {
    update(() -> finished = true);
  }

  void failed(IOException why) {
    update(
        () -> {
          failure = why;
          finished = true;
        });
  }

  /** Waits until more than {@code received} was sent; false when no more will come. */
  boolean awaitMoreThan(long received) throws IOException, InterruptedException {
    lock.lock();
    try {
      while (sent <= received && !finished) {
        changed.await();
      }
      if (failure != null) {
        throw failure;
      }
      return sent > received;
    } finally {
      lock.unlock();
    }
  }

  private void update(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
