package io.i2pstreaming.spring.site;

import io.i2pstreaming.I2PSocket;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends streams so that callers can read their answer, even if they are still sending: a stream that
 * is closed at once resets what arrives, and the caller's side forgets the answer. Never waits.
 * Thread-safe.
 */
final class Farewell {
  private static final long LINGER_SECONDS = 2;
  private static final int MAX_LINGERING = 1000;

  private final Executor later =
      CompletableFuture.delayedExecutor(LINGER_SECONDS, TimeUnit.SECONDS, Runnable::run);
  private final AtomicInteger lingering = new AtomicInteger();

  /** Answers in the application's place, and ends the stream. */
  void refuse(I2PSocket socket, Refusal refusal) {
    try {
      socket.getOutputStream().write(refusal.answer());
      end(socket);
    } catch (IOException e) {
      socket.reset();
    }
  }

  /** Nothing more will be written or read. */
  void end(I2PSocket socket) {
    if (lingering.incrementAndGet() > MAX_LINGERING) {
      lingering.decrementAndGet();
      close(socket);
      return;
    }
    try {
      socket.shutdownInput();
      socket.shutdownOutput();
    } catch (IOException e) {
      // The caller has ended it meanwhile.
    }
    later.execute(
        () -> {
          lingering.decrementAndGet();
          close(socket);
        });
  }

  private static void close(I2PSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      socket.reset();
    }
  }
}
