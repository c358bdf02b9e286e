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

  @Test
  void probesCountAsTimeoutsWithoutASample() {
    rtt.sample(200 * MILLI);
    rtt.backOff();
    rtt.probed();
    rtt.probed();
    rtt.progress();
    assertThat(rtt.isBackedOff()).as("three").isFalse();
    rtt.backOff();
    rtt.progress();
    assertThat(rtt.isBackedOff()).as("four").isTrue();
  }

  @Test
  void memoryGivesTheFirstTimeout() {
    assertThat(remembering(300, 20).rtoNanos()).isEqualTo(1000 * MILLI);
    assertThat(remembering(600, 100).rtoNanos()).isEqualTo(2 * (600 + 400) * MILLI);
    assertThat(remembering(600, 100).hasSample()).isFalse();
  }

  @Test
  void memoryHoldsWhileSamplesFitIt() {
    // Within four deviations, or a quarter of the mean.
    long[][] fitting = {{400, 30, 280}, {400, 30, 520}, {400, 10, 300}, {400, 10, 500}};
    for (long[] it : fitting) {
      RttEstimator remembering = remembering(it[0], it[1]);
      remembering.sample(it[2] * MILLI);
      assertThat(remembering.smoothedNanos()).isEqualTo((7 * it[0] + it[2]) * MILLI / 8);
      assertThat(remembering.varianceNanos())
          .isEqualTo(it[1] * MILLI + (Math.abs(it[2] - it[0]) - it[1]) * MILLI / 4);
      assertThat(remembering.minNanos()).isEqualTo(it[2] * MILLI);
    }
    long[][] foreign = {{400, 30, 279}, {400, 30, 521}, {400, 10, 299}, {400, 10, 501}};
    for (long[] it : foreign) {
      RttEstimator remembering = remembering(it[0], it[1]);
      remembering.sample(it[2] * MILLI);
      assertThat(remembering.smoothedNanos()).isEqualTo(it[2] * MILLI);
      assertThat(remembering.varianceNanos()).isEqualTo(it[2] * MILLI / 2);
    }
  }

  private static RttEstimator remembering(long smoothedMillis, long varianceMillis) {
    return new RttEstimator(
        3500 * MILLI, new PathMemory(smoothedMillis * MILLI, varianceMillis * MILLI, 20));
  }
}
