package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A7 choking the peer")
class ChokeSignalTest {
  private final ChokeSignal signal = new ChokeSignal(1000);

  @Test
  void aPeerThatWasNeverChokedHearsNothing() {
    assertThat(signal.mustChoke(499)).isFalse();
    assertThat(signal.delayMillis(-1)).isEqualTo(-1);
  }

  @Test
  void dataThatLeftBeforeTheReleaseWasHeardDoNotSilenceIt() {
    assertThat(signal.mustChoke(500)).isTrue();
    assertThat(signal.delayMillis(-1)).isGreaterThan(60_000);
    assertThat(signal.mayRelease(250, 0)).isTrue();
    assertThat(signal.onData()).isTrue();

    assertThat(signal.delayMillis(-1)).isZero();
  }
}
