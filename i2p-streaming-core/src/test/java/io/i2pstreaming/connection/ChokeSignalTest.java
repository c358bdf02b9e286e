package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A7 choking the peer")
class ChokeSignalTest {
  private static final long MILLI = 1_000_000L;

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

  @Test
  void stopsAtHalfTheBudgetAndGoesOnAtAQuarter() {
    assertThat(signal.mayRelease(0, 0)).as("never choked").isFalse();
    assertThat(signal.mustChoke(499)).isFalse();
    assertThat(signal.mustChoke(500)).isTrue();
    assertThat(signal.mustChoke(900)).as("said already").isFalse();
    assertThat(signal.chokesSent()).isEqualTo(1);
    assertThat(signal.mayRelease(251, 0)).isFalse();
    assertThat(signal.mayRelease(250, 0)).isTrue();
    assertThat(signal.mayRelease(250, 0)).as("said already").isFalse();
    assertThat(signal.mustChoke(500)).isTrue();
    assertThat(signal.nextRepeatNanos()).as("choked again").isEqualTo(-1);
  }

  @Test
  void theReleaseIsRepeatedMoreAndMoreRarelyButNotForEver() {
    assertThat(signal.nextRepeatNanos()).isEqualTo(-1);
    signal.mustChoke(500);
    signal.mayRelease(0, 80 * MILLI);
    assertThat(signal.nextRepeatNanos()).isEqualTo(40 * MILLI);
    assertThat(signal.nextRepeatNanos()).isEqualTo(80 * MILLI);
    for (int i = 2; i < 19; i++) {
      assertThat(signal.nextRepeatNanos()).isBetween(160 * MILLI, 5000 * MILLI);
    }
    assertThat(signal.nextRepeatNanos()).isEqualTo(5000 * MILLI);
    assertThat(signal.nextRepeatNanos()).isEqualTo(-1);
  }

  @Test
  void theFirstRepeatComesAfterHalfARoundTripOr50Millis() {
    for (long[] pair : new long[][] {{0, 50 * MILLI}, {1, MILLI}, {60 * MILLI, 30 * MILLI}}) {
      signal.mustChoke(500);
      signal.mayRelease(0, pair[0]);
      assertThat(signal.nextRepeatNanos()).isEqualTo(pair[1]);
    }
    assertThat(signal.onData()).isTrue();
    assertThat(signal.onData()).isFalse();
    assertThat(signal.nextRepeatNanos()).isEqualTo(-1);
  }
}
