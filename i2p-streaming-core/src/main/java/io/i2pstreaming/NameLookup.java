package io.i2pstreaming;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.loop.Resolution;
import io.i2pstreaming.loop.SessionLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * A question for the destination of a name, on behalf of a future. Asked by application threads,
 * through the manager; answered at once where no router is needed, else by the loop.
 */
final class NameLookup implements Resolution {
  private final CompletableFuture<Destination> future;

  private NameLookup(CompletableFuture<Destination> future) {
    this.future = future;
  }

  /**
   * The destination of a Base64, base32 or host name; asks only for one that {@code name} does not
   * tell by itself and that is not {@code own}.
   *
   * @param timeoutNanos as for {@link SessionLoop#resolve}
   * @param hopeless why there is nobody to ask, or null
   */
  static CompletableFuture<Destination> find(
      SessionLoop loop,
      String name,
      Destination own,
      long timeoutNanos,
      @Nullable StreamingException hopeless) {
    I2PAddress address;
    try {
      address = I2PAddress.parse(name, 0);
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(Failures.notAnAddress(e));
    }
    Destination known = address.destination();
    if (known == null && address.name().equals(own.base32())) {
      known = own;
    }
    if (known != null) {
      return CompletableFuture.completedFuture(known);
    }
    return hopeless == null
        ? ask(loop, address.name(), timeoutNanos)
        : CompletableFuture.failedFuture(hopeless);
  }

  private static CompletableFuture<Destination> ask(
      SessionLoop loop, String name, long timeoutNanos) {
    CompletableFuture<Destination> future = new CompletableFuture<>();
    if (!loop.resolve(null, name, timeoutNanos, new NameLookup(future))) {
      future.completeExceptionally(
          Failures.exception(CloseReason.ROUTER_LOST, "too much waits for the router already"));
    }
    return future;
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
