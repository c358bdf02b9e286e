package io.i2pstreaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.connection.CloseReason;
import io.i2pstreaming.identity.Destination;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the destination of a name")
class NameLookupTest {
  private final StreamingException hopeless =
      Failures.exception(CloseReason.ROUTER_LOST, "there is none");

  private final SilentLoop silent = new SilentLoop();
  private final Destination own = silent.keys.destination();
  private final Destination other = new SilentLoop().keys.destination();

  @AfterEach
  void close() {
    silent.loop.close(0);
  }

  private CompletableFuture<Destination> find(String name, @Nullable StreamingException why) {
    return NameLookup.find(silent.loop, name, own, 0, why);
  }

  @Test
  void needsNoRouterWhenTheNameTellsItOrItIsOurOwn() {
    assertThat(find(other.base64(), hopeless)).isCompletedWithValue(other);
    assertThat(find(own.base32(), hopeless)).isCompletedWithValue(own);
  }

  @Test
  void failsWithTheReasonWhyThereIsNobodyToAsk() {
    CompletableFuture<Destination> answer = find(other.base32(), hopeless);
    assertThatThrownBy(answer::join).hasCause(hopeless);
  }

  @Test
  void waitsForTheRouterUntilTheLoopTakesNoMoreQuestions() {
    assertThat(find("a.i2p", null)).isNotDone();
    silent.loop.close(0);
    assertThatThrownBy(find("b.i2p", null)::join)
        .hasCauseInstanceOf(StreamingException.RouterLost.class);
  }

  @Test
  void isUnreachableWhenItIsNone() {
    assertThatThrownBy(find("not a name", null)::join)
        .hasCauseInstanceOf(StreamingException.Unreachable.class);
  }
}
