package io.i2pstreaming.spring.site;

import io.i2pstreaming.identity.Hash;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How many streams each destination has open, and how many requests it sent in this minute. Holds
 * as many destinations as there are streams, and {@link #MAX_WINDOWS} for the requests.
 * Thread-safe.
 */
final class CallerLimits {
  private static final int MAX_WINDOWS = 4096;
  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final int maxStreams;
  private final int maxRequests;
  private final ReentrantLock lock = new ReentrantLock();

  // Both guarded by the lock.
  private final Map<Hash, Integer> streams = new HashMap<>();
  private final Map<Hash, Window> windows = new Windows();

  CallerLimits(int maxStreams, int maxRequestsPerMinute) {
    this.maxStreams = maxStreams;
    this.maxRequests = maxRequestsPerMinute;
  }

  /** Takes a place, to be given back with {@link #leave}; false if there is none. */
  boolean enter(Hash caller) {
    lock.lock();
    try {
      if (streams.getOrDefault(caller, 0) >= maxStreams) {
        return false;
      }
      streams.merge(caller, 1, Integer::sum);
      return true;
    } finally {
      lock.unlock();
    }
  }

  void leave(Hash caller) {
    lock.lock();
    try {
      streams.computeIfPresent(caller, (hash, count) -> count == 1 ? null : count - 1);
    } finally {
      lock.unlock();
    }
  }

  /** Counts a request; false if it is one too many. */
  boolean request(Hash caller, long nowNanos) {
    if (maxRequests == 0) {
      return true;
    }
    lock.lock();
    try {
      Window window = windows.get(caller);
      if (window == null || nowNanos - window.beganNanos >= MINUTE_NANOS) {
        window = new Window(nowNanos);
        windows.put(caller, window);
      }
      return ++window.requests <= maxRequests;
    } finally {
      lock.unlock();
    }
  }

  private static final class Window {
    private final long beganNanos;
    private int requests;

    Window(long beganNanos) {
      this.beganNanos = beganNanos;
    }
  }

  /** Forgets the destination that has been silent longest. */
  private static final class Windows extends LinkedHashMap<Hash, Window> {
    private static final long serialVersionUID = 1L;

    Windows() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.@Nullable Entry<Hash, Window> eldest) {
      return size() > MAX_WINDOWS;
    }
  }
}
