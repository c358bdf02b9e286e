package io.i2pstreaming.sample;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/**
 * SHA-256 of what the discard service read to its end lately, so that an upload to ourselves can
 * compare. Each entry answers one upload.
 */
@Component
class DiscardJournal {
  private static final int KEPT = 256;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();
  private final Deque<String> digests = new ArrayDeque<>();

  void add(byte[] sha256) {
    lock.lock();
    try {
      if (digests.size() == KEPT) {
        digests.removeFirst();
      }
      digests.addLast(HexFormat.of().formatHex(sha256));
      added.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes this digest out; false if it does not appear in time. */
  boolean take(byte[] sha256, Duration timeout) throws InterruptedException {
    String wanted = HexFormat.of().formatHex(sha256);
    long nanos = timeout.toNanos();
    lock.lock();
    try {
      while (!digests.remove(wanted)) {
        if (nanos <= 0) {
          return false;
        }
        nanos = added.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
