package io.i2pstreaming;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("what new streams begin with")
class NewStreamsTest {
  private final SilentLoop silent = new SilentLoop();
  private final StreamingOptions options = StreamingOptions.defaults();

  @AfterEach
  void close() {
    silent.loop.close(0);
  }

  @Test
  void isWhatTheManagersOptionsSayUntilTheyChange() {
    NewStreams streams = new NewStreams(silent.factory, false, options, silent.numbers);
    assertThat(streams.usual()).isSameAs(silent.numbers);
    StreamingOptions changed = options.toBuilder().set("maxResends", "3").build();
    streams.options(changed);
    assertThat(streams.options()).isSameAs(changed);
    assertThat(streams.usual().maxResends()).isEqualTo(3);
  }

  @Test
  void keepsToTheSmallerMessageOfAnOldLeaseSet() {
    NewStreams streams =
        new NewStreams(silent.factory, true, options, options.toConnectionConfig(true));
    streams.options(options.toBuilder().set("maxMessageSize", "1812").build());
    assertThat(streams.usual().maxMessageSize()).isEqualTo(1730);
  }
}
