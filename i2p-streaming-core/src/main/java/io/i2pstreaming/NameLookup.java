package io.i2pstreaming;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.loop.Resolution;
import io.i2pstreaming.loop.SessionLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;

/** A question to the router for a name, on behalf of a future. Answered by the loop. */
final class NameLookup implements Resolution {
  private final CompletableFuture<Destination> future;

  private NameLookup(CompletableFuture<Destination> future) {
    this.future = future;
  }

  /** Asks; {@code timeoutNanos} as for {@link SessionLoop#resolve}. */
  static void ask(
      SessionLoop loop, String name, long timeoutNanos, CompletableFuture<Destination> future) {
    if (!loop.resolve(null, name, timeoutNanos, new NameLookup(future))) {
      future.completeExceptionally(
          Failures.exception(CloseReason.ROUTER_LOST, "too much waits for the router already"));
    }
  }

  @Override
  public void resolved(long now, Destination destination) {
    // Not on the loop thread: what hangs on this future may block.
    ForkJoinPool.commonPool().execute(() -> future.complete(destination));
  }

  @Override
  public void unresolved(CloseReason reason, String detail) {
    StreamingException failure = Failures.exception(reason, detail);
    ForkJoinPool.commonPool().execute(() -> future.completeExceptionally(failure));
  }

  @Override
  public boolean abandoned() {
    return future.isDone();
  }
}
