package io.i2pstreaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.facade.StreamEnd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the list of open streams")
class OpenStreamsTest {
  private final SilentLoop silent = new SilentLoop();
  private final StreamEnd first = silent.stream();
  private final StreamEnd second = silent.stream();
  private final OpenStreams streams = new OpenStreams(silent.loop, silent.journal.open());

  @BeforeEach
  void open() {
    silent.journal.opened(first);
    silent.journal.opened(second);
  }

  @AfterEach
  void close() {
    silent.loop.close(0);
  }

  @Test
  void hasNoneWhoseEndTheApplicationHasSeenAlsoBeforeTheJournalKnowsIt() {
    assertThat(streams.stats())
        .extracting(StreamStats::id)
        .containsExactlyInAnyOrder(first.id(), second.id());
    first.reset();
    assertThat(silent.journal.open()).contains(first);
    assertThat(streams.stats()).extracting(StreamStats::id).containsExactly(second.id());
  }

  @Test
  void resetsTheOneWithTheId() {
    assertThat(streams.reset(second.id())).isTrue();
    assertThat(second.isOver()).isTrue();
    assertThat(first.isOver()).isFalse();
    assertThat(streams.reset(-1)).isFalse();
  }

  @Test
  void countsNoStreamAsDeliveringThatNobodyHasClosed() {
    assertThat(streams.delivering()).isZero();
  }
}
