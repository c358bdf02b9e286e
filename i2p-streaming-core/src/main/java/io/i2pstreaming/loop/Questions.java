package io.i2pstreaming.loop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What other threads ask the loop, and their patience. A loop that is late, on a machine that is
 * busy, is waited for; one that hangs, in a listener that blocks, is waited for once and not by
 * every figure of a scrape in turn. Thread-safe.
 */
final class Questions {
  private final Mailbox mailbox;

  /** The last one that nobody waits for any more. While it is open the loop has not moved on. */
  private volatile @Nullable CompletableFuture<?> overdue;

  Questions(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  /**
   * Has a question answered on the loop thread; null when that takes longer than {@code nanos}, at
   * once while an earlier question is overdue.
   */
  <T> @Nullable T ask(LongFunction<@Nullable T> question, long nanos) {
    CompletableFuture<?> earlier = overdue;
    if (earlier != null && !earlier.isDone()) {
      return null;
    }
    CompletableFuture<@Nullable T> answer = new CompletableFuture<>();
    boolean asked =
        mailbox.offer(
            now -> {
              try {
                answer.complete(question.apply(now));
              } finally {
                // One that fails must not stay overdue.
                answer.complete(null);
              }
            });
    if (!asked) {
      return null;
    }
    try {
      return answer.get(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (TimeoutException e) {
      overdue = answer;
      return null;
    } catch (ExecutionException e) {
      return null;
    }
  }
}
