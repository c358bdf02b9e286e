package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A6 congestion control delay")
class DelayControlTest {
  private static final long MILLI = 1_000_000L;
  private static final long RTO = 300 * MILLI;

  private final DelayControl control = new DelayControl(6, 124);
  private final RttEstimator rtt = new RttEstimator(3500 * MILLI);
  private long now = 5_000 * MILLI;

  DelayControlTest() {
    for (int i = 0; i < 100; i++) {
      rtt.sample(200 * MILLI);
    }
  }

  /** Acknowledges a packet several times without calling for a larger window. */
  private int samples(int count, long millis) {
    for (int i = 0; i < count; i++) {
      control.onAcked(now, 1, millis * MILLI, false, rtt);
    }
    return control.windowPackets();
  }

  private int limited(int packets) {
    control.onAcked(now, packets, -1, true, rtt);
    return control.windowPackets();
  }

  /** A window of 100 of which all is known to take 200 ms. */
  private void at100() {
    assertThat(limited(94)).isEqualTo(100);
    assertThat(samples(8, 200)).isEqualTo(100);
  }

  /** Out of slow start: the window is the threshold, and what it does can be seen. */
  private int steady() {
    at100();
    assertThat(samples(8, 226)).isEqualTo(79);
    now += 400 * MILLI;
    samples(1, 200);
    return control.windowPackets();
  }

  @Test
  void beginsBetweenOneAndItsLargestWindow() {
    assertThat(control.windowPackets()).isEqualTo(6);
    assertThat(new DelayControl(0, 0).windowPackets()).isEqualTo(1);
    assertThat(new DelayControl(10, 4).windowPackets()).isEqualTo(4);
  }

  @Test
  void growsByWhatIsAcknowledgedWhileTheWindowLimits() {
    control.onAcked(now, 6, -1, false, rtt);
    assertThat(control.windowPackets()).isEqualTo(6);
    assertThat(limited(6)).isEqualTo(12);
    assertThat(limited(200)).isEqualTo(124);
  }

  @Test
  void aQueueOfMoreThanAnEighthTakesWhatDoesNotFit() {
    at100();
    assertThat(samples(8, 225)).isEqualTo(100);
    assertThat(samples(7, 226)).isEqualTo(100);
    assertThat(samples(1, 226)).as("nine tenths of 200/226").isEqualTo(79);
  }

  @Test
  void theSmallestOfALookCounts() {
    at100();
    assertThat(samples(7, 300)).isEqualTo(100);
    assertThat(samples(1, 200)).isEqualTo(100);
    assertThat(samples(7, 300)).isEqualTo(100);
    assertThat(samples(1, 300)).isEqualTo(59);
  }

  @Test
  void atMostHalfIsTakenAtOnce() {
    at100();
    assertThat(samples(8, 1000)).isEqualTo(50);
  }

  @Test
  void jitterWidensTheAllowance() {
    at100();
    rtt.sample(240 * MILLI);
    assertThat(samples(8, 244)).as("two deviations of 10 ms").isEqualTo(100);
    assertThat(samples(8, 246)).isLessThan(100);
  }

  @Test
  void onAShortPathTenMillisAreAllowed() {
    assertThat(limited(94)).isEqualTo(100);
    samples(8, 8);
    assertThat(samples(8, 18)).isEqualTo(100);
    assertThat(samples(8, 19)).isEqualTo(50);
  }

  @Test
  void whatArrivesWithinARoundTripOfAReductionShowsTheWindowBefore() {
    at100();
    assertThat(samples(8, 226)).isEqualTo(79);
    now += 199 * MILLI;
    assertThat(samples(40, 300)).isEqualTo(79);
    now += MILLI;
    assertThat(samples(15, 300)).as("then sixteen are looked at").isEqualTo(79);
    assertThat(samples(1, 300)).isEqualTo(46);
  }

  @Test
  void growsByTwoPacketsPerRoundTripAfterwards() {
    int window = steady();
    assertThat(window).isEqualTo(79);
    for (int round = 1; round <= 5; round++) {
      assertThat(limited(10)).isEqualTo(window);
      now += 199 * MILLI;
      assertThat(limited(10)).isEqualTo(window);
      now += MILLI;
      window += 2;
      assertThat(limited(10)).isEqualTo(window);
    }
    now += 200 * MILLI;
    samples(1, 200);
    now += 200 * MILLI;
    assertThat(samples(1, 200)).as("the window did not limit").isEqualTo(window);
    for (int round = 0; round < 30; round++) {
      now += 200 * MILLI;
      limited(10);
    }
    assertThat(control.windowPackets()).isEqualTo(124);
  }

  /** A round of a hundred packets. */
  private int roundWith(int lost) {
    control.onLost(lost);
    control.onAcked(now, 99 - lost, -1, false, rtt);
    now += 200 * MILLI;
    return samples(1, 200);
  }

  @Test
  void aTenthIsUsualAndMuchMoreThanThatTakesThreeTenths() {
    int window = steady();
    for (int round = 0; round < 40; round++) {
      assertThat(roundWith(20)).isEqualTo(window);
    }
    assertThat(roundWith(29)).isEqualTo(window);
    assertThat(roundWith(32)).isEqualTo(window * 7 / 10);
  }

  @Test
  void fewLossesProveNothing() {
    int window = steady();
    control.onLost(3);
    now += 200 * MILLI;
    assertThat(samples(1, 200)).isEqualTo(window);
    control.onLost(4);
    now += 200 * MILLI;
    assertThat(samples(1, 200)).isEqualTo(window * 7 / 10);
  }

  @Test
  void whereLossIsRareALittleIsMuch() {
    int window = steady();
    for (int round = 0; round < 40; round++) {
      assertThat(roundWith(0)).isEqualTo(window);
    }
    assertThat(roundWith(9)).isEqualTo(window);
    assertThat(roundWith(13)).isEqualTo(window * 7 / 10);
  }

  @Test
  void withLossesItGrowsOnlyWhileMoreArrives() {
    int window = steady();
    for (int round = 0; round < 30; round++) {
      now += 200 * MILLI;
      samples(1, 200);
    }
    now += 200 * MILLI;
    control.onLost(1);
    assertThat(limited(30)).as("30 arrive in a window of 79").isEqualTo(window);
    now += 200 * MILLI;
    control.onLost(1);
    limited(69);
    assertThat(control.windowPackets()).as("9/8 of 69 and 2 is 79").isEqualTo(window + 2);
  }

  @Test
  void aLossWithHalfAQueueTakesThreeTenths() {
    int window = steady();
    samples(15, 200);
    samples(7, 213);
    control.onLossEpisode(now, 50, rtt);
    assertThat(control.windowPackets()).as("too few samples").isEqualTo(window);
    samples(1, 213);
    control.onLossEpisode(now, 50, rtt);
    assertThat(control.windowPackets()).isEqualTo(window * 7 / 10);
    control.onFalseAlarm();
    assertThat(control.windowPackets()).isEqualTo(window);
  }

  @Test
  void aLossWithoutAQueueTakesNothing() {
    int window = steady();
    samples(15, 200);
    samples(8, 212);
    control.onLossEpisode(now, 50, rtt);
    assertThat(control.windowPackets()).isEqualTo(window);
  }

  @Test
  void aTimeoutBeginsAnewUpToTheReducedWindow() {
    at100();
    control.onTimeout(now, 50, rtt);
    assertThat(control.windowPackets()).isEqualTo(2);
    assertThat(limited(50)).isEqualTo(52);
    assertThat(limited(50)).isEqualTo(70);
    control.onFalseAlarm();
    assertThat(control.windowPackets()).isEqualTo(100);
    assertThat(limited(10)).as("slow start goes on").isEqualTo(110);
  }

  @Test
  void smallWindowsStayAtTwo() {
    control.onTimeout(now, 1, rtt);
    control.onTimeout(now, 1, rtt);
    assertThat(control.windowPackets()).isEqualTo(2);
    DelayControl single = new DelayControl(1, 1);
    single.onTimeout(now, 1, rtt);
    assertThat(single.windowPackets()).isEqualTo(1);
  }

  @Test
  void aPauseHalvesTheWindowButNotBelowTheFirst() {
    assertThat(limited(94)).isEqualTo(100);
    control.onSent(now, 0, RTO);
    assertThat(control.windowPackets()).as("never sent before").isEqualTo(100);
    control.onSent(now + RTO, 0, RTO);
    assertThat(control.windowPackets()).isEqualTo(100);
    control.onSent(now + 3 * RTO, 1, RTO);
    assertThat(control.windowPackets()).as("something was in flight").isEqualTo(100);
    control.onSent(now + 4 * RTO + 1, 0, RTO);
    assertThat(control.windowPackets()).isEqualTo(50);
    for (int i = 6; i < 20; i += 2) {
      control.onSent(now + i * RTO, 0, RTO);
    }
    assertThat(control.windowPackets()).isEqualTo(6);
  }
}
