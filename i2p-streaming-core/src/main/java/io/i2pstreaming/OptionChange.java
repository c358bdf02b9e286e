package io.i2pstreaming;

import io.i2pstreaming.loop.SessionLoop;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/** A change of session options, on behalf of a future. */
final class OptionChange {
  private OptionChange() {}

  static CompletableFuture<@Nullable Void> ask(SessionLoop loop, Map<String, String> changes) {
    CompletableFuture<@Nullable Void> future = new CompletableFuture<>();
    // Not on the loop thread: what hangs on this future may block.
    if (!loop.reconfigure(
        changes, failure -> ForkJoinPool.commonPool().execute(() -> end(future, failure)))) {
      end(future, "too much waits for the router already, or the manager is closed");
    }
    return future;
  }

  private static void end(CompletableFuture<@Nullable Void> future, @Nullable String failure) {
    if (failure == null) {
      future.complete(null);
    } else {
      future.completeExceptionally(
          new StreamingException("the session's options are not changed: " + failure));
    }
  }
}
