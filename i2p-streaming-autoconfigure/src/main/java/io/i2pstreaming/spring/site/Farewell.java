package io.i2pstreaming.spring.site;

import io.i2pstreaming.I2PSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends streams so that callers can read their answer, even if they are still sending: a stream that
 * is closed at once resets what arrives, and the caller's side forgets the answer. So the answer is
 * given time to arrive, however often it has to be sent, and then a moment to be read. Never waits.
 * Thread-safe.
 */
final class Farewell {
  /** A stream is closed at the second look that finds its answer delivered. */
  private static final long LOOK_SECONDS = 1;

  /** A caller that has acknowledged nothing by then is not waited for. */
  private static final int MAX_LOOKS = 20;

  private static final int MAX_LINGERING = 1000;

  private final Executor later =
      CompletableFuture.delayedExecutor(LOOK_SECONDS, TimeUnit.SECONDS, Runnable::run);
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
    linger(socket, MAX_LOOKS, false);
  }

  private void linger(I2PSocket socket, int looks, boolean delivered) {
    later.execute(
        () -> {
          if (delivered || looks == 1) {
            lingering.decrementAndGet();
            close(socket);
          } else {
            linger(socket, looks - 1, isDelivered(socket));
          }
        });
  }

  private static boolean isDelivered(I2PSocket socket) {
    try {
      return socket.awaitAcknowledged(Duration.ZERO);
    } catch (IOException e) {
      // There is nobody left to read it.
      return true;
    }
  }

  private static void close(I2PSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      socket.reset();
    }
  }
}
