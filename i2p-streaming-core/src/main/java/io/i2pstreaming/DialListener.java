package io.i2pstreaming;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hears of every dial of a manager as a whole, for observations: of its beginning on the thread
 * that dials, so that whatever that thread is doing can be told as the cause. Hears nothing about
 * the peer. Must not block.
 */
@FunctionalInterface
public interface DialListener {
  /**
   * A dial begins, on the calling thread.
   *
   * @return told once how it ended: null for a stream that can be used, else why there is none. A
   *     dial that waits is told on the same thread, {@link StreamManager#connectAsync} on any.
   */
  Consumer<@Nullable Throwable> dialBegun();
}
