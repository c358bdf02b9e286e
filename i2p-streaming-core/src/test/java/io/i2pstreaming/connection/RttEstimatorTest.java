package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A5 retransmission timeout")
class RttEstimatorTest {
  private static final long MILLI = 1_000_000L;

  private final RttEstimator rtt = new RttEstimator(3500 * MILLI);

  @Test
  void followsRfc6298() {
    assertThat(rtt.rtoNanos()).isEqualTo(3500 * MILLI);
    rtt.sample(400 * MILLI);
    assertThat(rtt.smoothedNanos()).isEqualTo(400 * MILLI);
    assertThat(rtt.varianceNanos()).isEqualTo(200 * MILLI);
    assertThat(rtt.rtoNanos()).isEqualTo(1200 * MILLI);
    rtt.sample(480 * MILLI);
    assertThat(rtt.varianceNanos()).isEqualTo(170 * MILLI);
    assertThat(rtt.smoothedNanos()).isEqualTo(410 * MILLI);
    assertThat(rtt.minNanos()).isEqualTo(400 * MILLI);
  }

  @Test
  void keepsADistanceFromASteadyMean() {
    for (int i = 0; i < 100; i++) {
      rtt.sample(200 * MILLI);
    }
    assertThat(rtt.rtoNanos()).isBetween(300 * MILLI, 301 * MILLI);
  }

  @Test
  void staysBetween100MillisAnd45Seconds() {
    rtt.sample(1);
    assertThat(rtt.rtoNanos()).isGreaterThanOrEqualTo(100 * MILLI);
    rtt.sample(40_000 * MILLI);
    rtt.backOff();
    assertThat(rtt.rtoNanos()).isEqualTo(45_000 * MILLI);
    assertThat(new RttEstimator(Long.MAX_VALUE).rtoNanos()).isEqualTo(45_000 * MILLI);
  }

  @Test
  void doublesAndForgetsOnProgress() {
    rtt.sample(200 * MILLI);
    long base = rtt.rtoNanos();
    rtt.backOff();
    rtt.backOff();
    assertThat(rtt.rtoNanos()).isEqualTo(4 * base);
    rtt.progress();
    assertThat(rtt.rtoNanos()).isEqualTo(base);
  }

  @Test
  void keepsTheBackoffWhenNoSampleCanBeHad() {
    rtt.sample(200 * MILLI);
    long base = rtt.rtoNanos();
    for (int i = 0; i < 4; i++) {
      rtt.backOff();
      rtt.progress();
    }
    assertThat(rtt.rtoNanos()).isGreaterThan(base);
    rtt.sample(900 * MILLI);
    assertThat(rtt.rtoNanos()).isEqualTo(rtt.baseRtoNanos());
  }
}
