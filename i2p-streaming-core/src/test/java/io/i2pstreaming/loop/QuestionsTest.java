package io.i2pstreaming.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A19 figures of a loop that is late, and of one that hangs")
@Timeout(600)
class QuestionsTest {
  private static final long FOR_EVER = TimeUnit.DAYS.toNanos(1);

  private final Mailbox mailbox = new Mailbox(() -> {});
  private final Questions questions = new Questions(mailbox);

  /** What the loop does in a turn. */
  private void turn() {
    LoopCommand command = mailbox.poll();
    while (command != null) {
      command.run(42);
      command = mailbox.poll();
    }
  }

  private @Nullable Long answer(long patienceNanos) {
    return questions.ask(now -> now, patienceNanos);
  }

  private CompletableFuture<Long> askWithPatience() {
    CompletableFuture<Long> asked = CompletableFuture.supplyAsync(() -> answer(FOR_EVER));
    while (mailbox.isEmpty() && !asked.isDone()) {
      Thread.onSpinWait();
    }
    return asked;
  }

  @Test
  void aLateLoopIsWaitedFor() {
    CompletableFuture<Long> asked = askWithPatience();
    assertThat(asked).isNotDone();
    turn();
    assertThat(asked.join()).isEqualTo(42);
  }

  @Test
  void aLoopThatHangsIsWaitedForOnce() {
    assertThat(answer(1)).isNull();
    for (int i = 0; i < 1000; i++) {
      assertThat(answer(FOR_EVER)).isNull();
    }
    turn();
    assertThat(mailbox.isEmpty()).as("questions that nobody waited for were not left").isTrue();

    CompletableFuture<Long> asked = askWithPatience();
    turn();
    assertThat(asked.join()).isEqualTo(42);
  }

  @Test
  void aQuestionThatFailsIsNotOverdueForEver() {
    LongFunction<@Nullable Long> failing =
        now -> {
          throw new IllegalStateException("no figures");
        };
    assertThat(questions.<Long>ask(failing, 1)).isNull();
    assertThatThrownBy(this::turn).hasMessage("no figures");

    CompletableFuture<Long> asked = askWithPatience();
    turn();
    assertThat(asked.join()).isEqualTo(42);
  }
}
