package io.i2pstreaming;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.facade.StreamEnd;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One dial, from the address to the peer's answer: how long it is waited for, and what becomes of a
 * stream that nobody wants any more. Begun by an application thread, for a socket or for a future;
 * answered by the loop. Never asks whether there can be a session at all: its manager does, before.
 */
final class Dial {
  /** How much longer than the connect timeout a dial waits for a loop that is busy. */
  private static final long GRACE_NANOS = 10_000_000_000L;

  private final StreamEnd stream;
  private final I2PAddress address;

  Dial(StreamEnd stream, I2PAddress address) {
    this.stream = stream;
    this.address = address;
  }

  /** Dials and waits for the answer; a timeout of zero waits without limit. */
  void await(Duration connectTimeout) throws IOException {
    stream.dial(address.destination(), address.name(), null);
    long timeout = connectTimeout.toNanos();
    if (!stream.awaitOpen(timeout == 0 ? 0 : timeout + GRACE_NANOS)) {
      stream.reset();
      throw Failures.exception(CloseReason.CONNECT_TIMEOUT, "");
    }
  }

  /**
   * Dials without waiting. Cancelling the future gives the attempt up.
   *
   * @param observed is told the end before the future is: whoever waited for that finds it observed
   */
  CompletableFuture<I2PSocket> begin(
      StreamManager manager, Consumer<@Nullable Throwable> observed) {
    CompletableFuture<I2PSocket> future = new CompletableFuture<>();
    // Not on the loop thread: what hangs on this future may block.
    stream.dial(
        address.destination(),
        address.name(),
        () -> ForkJoinPool.commonPool().execute(() -> complete(future, manager, observed)));
    // Not what this returns: cancelling that would leave the attempt, and the socket, alone.
    CompletableFuture<I2PSocket> unused =
        future.whenComplete(
            (socket, failure) -> {
              observed.accept(failure);
              if (future.isCancelled()) {
                stream.reset();
              }
            });
    return future;
  }

  private void complete(
      CompletableFuture<I2PSocket> future,
      StreamManager manager,
      Consumer<@Nullable Throwable> observed) {
    try {
      IOException failure = stream.openFailure();
      if (failure != null) {
        throw failure;
      }
      I2PSocket socket = new I2PSocket(manager, stream);
      observed.accept(null);
      if (!future.complete(socket)) {
        stream.reset();
      }
    } catch (IOException e) {
      observed.accept(e);
      future.completeExceptionally(e);
    }
  }
}
