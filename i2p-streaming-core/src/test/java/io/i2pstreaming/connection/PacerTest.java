package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A13 spreading a remembered window")
class PacerTest {
  private static final long MILLI = 1_000_000L;
  private static final int WINDOW = 20;

  private final TimerTable timers = new TimerTable();
  private final RttEstimator rtt = new RttEstimator(3500 * MILLI);
  private final Pacer pacer = new Pacer(30, timers);
  private long now = 5_000 * MILLI;

  /** Sends all that may leave now. */
  private int burst() {
    int packets = 0;
    while (pacer.isOpen() && packets < 100) {
      pacer.left(now, WINDOW, rtt);
      packets++;
    }
    return packets;
  }

  private int burstAfter(long pauseNanos) {
    now += pauseNanos;
    timers.clear(Timer.PACE);
    pacer.onTimer(now, WINDOW, rtt);
    return burst();
  }

  @Test
  void tenLeaveTogetherAndTheOthersAtTheRateOfTheWindow() {
    rtt.sample(400 * MILLI);
    assertThat(burst()).isEqualTo(10);
    assertThat(timers.deadline(Timer.PACE)).isEqualTo(now + 20 * MILLI);
    assertThat(burstAfter(20 * MILLI)).isEqualTo(1);
    assertThat(timers.deadline(Timer.PACE)).isEqualTo(now + 20 * MILLI);
    assertThat(burstAfter(70 * MILLI)).isEqualTo(3);
    assertThat(burstAfter(10 * MILLI)).as("with the 10 ms left over").isEqualTo(1);
    assertThat(burstAfter(10 * MILLI)).as("the timer's word is enough").isEqualTo(1);
    assertThat(burstAfter(190 * MILLI)).isEqualTo(10);
    for (int left = 4; left > 1; left--) {
      assertThat(burstAfter(20 * MILLI)).isEqualTo(1);
    }
    assertThat(burstAfter(20 * MILLI)).as("the last one, and then freely").isEqualTo(100);
  }

  @Test
  void timePassesWhilePacketsLeave() {
    rtt.sample(400 * MILLI);
    for (int i = 0; i < 30; i++) {
      assertThat(pacer.isOpen()).isTrue();
      pacer.left(now, WINDOW, rtt);
      now += 20 * MILLI;
    }
    assertThat(timers.isSet(Timer.PACE)).isFalse();
    assertThat(burst()).as("no more to spread").isEqualTo(100);
  }

  @Test
  void withoutARoundTripThePauseIsShort() {
    assertThat(burst()).isEqualTo(10);
    assertThat(timers.deadline(Timer.PACE)).isEqualTo(now + 2 * MILLI);
    assertThat(burstAfter(2 * MILLI)).isEqualTo(10);
  }
}
