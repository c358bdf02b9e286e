package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A5 losses found by time")
class TimeLossDetectorTest {
  private static final long MILLI = 1_000_000L;
  private static final long LEFT = 5_000 * MILLI;

  private final TimeLossDetector detector = new TimeLossDetector();
  private final RttEstimator rtt = new RttEstimator(3500 * MILLI);

  /** Milliseconds beyond the mean round trip. */
  private long allowance(int reports) {
    return (detector.lostAtNanos(reports, LEFT, rtt) - LEFT - rtt.smoothedNanos()) / MILLI;
  }

  private void steady(long millis) {
    for (int i = 0; i < 100; i++) {
      rtt.sample(millis * MILLI);
    }
  }

  @Test
  void withoutReportsNothingIsLost() {
    steady(160);
    assertThat(detector.lostAtNanos(0, LEFT, rtt)).isEqualTo(Connection.NEVER);
  }

  @Test
  void withoutASampleTheTimeoutDecides() {
    assertThat(detector.lostAtNanos(3, LEFT, rtt)).isEqualTo(LEFT + 3500 * MILLI);
  }

  @Test
  void aQuarterOfTheRoundTripIsAllowedUntilThreeReportsHaveCome() {
    steady(160);
    assertThat(allowance(1)).isEqualTo(40);
    assertThat(allowance(2)).isEqualTo(40);
    assertThat(allowance(3)).as("the least").isEqualTo(5);
  }

  @Test
  void jitterAllowsMore() {
    rtt.sample(160 * MILLI);
    assertThat(allowance(1)).as("half the deviation of 80, four times").isEqualTo(160);
    assertThat(allowance(3)).as("two deviations").isEqualTo(160);
    rtt.sample(160 * MILLI);
    assertThat(allowance(1)).isEqualTo(120);
    assertThat(allowance(3)).isEqualTo(120);
  }

  @Test
  void aPathThatReordersIsNotJudgedByReports() {
    steady(160);
    detector.onReordered();
    assertThat(allowance(3)).isEqualTo(40);
    assertThat(allowance(9)).isEqualTo(40);
  }

  @Test
  void needlessRetransmissionsMakePatientUpToAWholeRoundTrip() {
    steady(160);
    detector.onNeedless();
    assertThat(allowance(3)).isEqualTo(50);
    for (int i = 0; i < 20; i++) {
      detector.onNeedless();
    }
    assertThat(allowance(3)).isEqualTo(160);
  }

  @Test
  void patienceIsForgottenAfterSixteenEpisodesWithoutNeed() {
    steady(160);
    detector.onNeedless();
    for (int i = 0; i < 15; i++) {
      detector.onEpisode();
    }
    assertThat(allowance(1)).isEqualTo(50);
    detector.onNeedless();
    for (int i = 0; i < 15; i++) {
      detector.onEpisode();
    }
    assertThat(allowance(1)).isEqualTo(60);
    detector.onEpisode();
    assertThat(allowance(1)).isEqualTo(40);
    detector.onNeedless();
    detector.onEpisode();
    assertThat(allowance(1)).as("counted anew").isEqualTo(50);
  }
}
