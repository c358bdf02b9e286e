package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A6 congestion control aimd")
class AimdControlTest {
  private static final long MILLI = 1_000_000L;
  private static final long NOW = 5_000 * MILLI;
  private static final long RTO = 300 * MILLI;

  private final AimdControl control = new AimdControl(6, 124);
  private final RttEstimator rtt = new RttEstimator(3500 * MILLI);

  private int acked(int packets) {
    control.onAcked(NOW, packets, -1, true, rtt);
    return control.windowPackets();
  }

  private void steady(long millis) {
    for (int i = 0; i < 100; i++) {
      rtt.sample(millis * MILLI);
    }
  }

  private int afterLossAt100() {
    assertThat(acked(94)).isEqualTo(100);
    control.onLossEpisode(NOW, 50, rtt);
    return control.windowPackets();
  }

  @Test
  void beginsBetweenOneAndItsLargestWindow() {
    assertThat(control.windowPackets()).isEqualTo(6);
    assertThat(new AimdControl(0, 0).windowPackets()).isEqualTo(1);
    assertThat(new AimdControl(10, 4).windowPackets()).isEqualTo(4);
  }

  @Test
  void growsByWhatIsAcknowledgedWhileTheWindowLimits() {
    control.onAcked(NOW, 6, -1, false, rtt);
    assertThat(control.windowPackets()).isEqualTo(6);
    assertThat(acked(6)).isEqualTo(12);
    assertThat(acked(200)).isEqualTo(124);
    assertThat(acked(1000)).isEqualTo(124);
  }

  @Test
  void afterALossItGrowsByOnePacketPerWindow() {
    assertThat(afterLossAt100()).as("without a sample a queue is feared").isEqualTo(70);
    assertThat(acked(69)).isEqualTo(70);
    assertThat(acked(1)).isEqualTo(71);
    assertThat(acked(70)).isEqualTo(71);
    assertThat(acked(3)).isEqualTo(72);
    assertThat(acked(70)).as("two were left over").isEqualTo(73);
  }

  @Test
  void aLossWithoutAQueueCostsATenth() {
    steady(200);
    assertThat(afterLossAt100()).isEqualTo(90);
  }

  @Test
  void aQueueShowsWhenTheMeanIsAQuarterOverTheMinimum() {
    steady(200);
    steady(245);
    assertThat(afterLossAt100()).isEqualTo(90);
  }

  @Test
  void aLossWithAQueueCostsThreeTenths() {
    steady(200);
    steady(260);
    assertThat(afterLossAt100()).isEqualTo(70);
  }

  @Test
  void jitterIsNoQueue() {
    steady(200);
    for (int i = 0; i < 100; i++) {
      rtt.sample((i % 2 == 0 ? 200 : 320) * MILLI);
    }
    assertThat(rtt.smoothedNanos()).isGreaterThan(250 * MILLI);
    assertThat(afterLossAt100()).isEqualTo(90);
  }

  @Test
  void aTimeoutBeginsAnewUpToTheReducedWindow() {
    assertThat(acked(94)).isEqualTo(100);
    control.onTimeout(NOW, 50, rtt);
    assertThat(control.windowPackets()).isEqualTo(2);
    assertThat(acked(60)).isEqualTo(62);
    assertThat(acked(20)).isEqualTo(70);
    assertThat(acked(57)).as("twelve were left over").isEqualTo(70);
    assertThat(acked(1)).isEqualTo(71);
  }

  @Test
  void smallWindowsStayAtTwo() {
    control.onTimeout(NOW, 1, rtt);
    control.onLossEpisode(NOW, 1, rtt);
    assertThat(control.windowPackets()).isEqualTo(2);
    AimdControl single = new AimdControl(1, 1);
    single.onLossEpisode(NOW, 1, rtt);
    assertThat(single.windowPackets()).isEqualTo(1);
  }

  @Test
  void aFalseAlarmIsTakenBack() {
    assertThat(afterLossAt100()).isEqualTo(70);
    control.onFalseAlarm();
    assertThat(control.windowPackets()).isEqualTo(100);
    assertThat(acked(10)).as("slow start goes on").isEqualTo(110);
    control.onTimeout(NOW, 50, rtt);
    control.onFalseAlarm();
    assertThat(control.windowPackets()).isEqualTo(110);
    assertThat(acked(5)).isEqualTo(115);
  }

  @Test
  void aPauseHalvesTheWindowButNotBelowTheFirst() {
    assertThat(acked(94)).isEqualTo(100);
    control.onSent(NOW, 0, RTO);
    assertThat(control.windowPackets()).as("never sent before").isEqualTo(100);
    control.onSent(NOW + RTO, 0, RTO);
    assertThat(control.windowPackets()).isEqualTo(100);
    control.onSent(NOW + 3 * RTO, 1, RTO);
    assertThat(control.windowPackets()).as("something was in flight").isEqualTo(100);
    control.onSent(NOW + 4 * RTO + 1, 0, RTO);
    assertThat(control.windowPackets()).isEqualTo(50);
    for (int i = 6; i < 20; i += 2) {
      control.onSent(NOW + i * RTO, 0, RTO);
    }
    assertThat(control.windowPackets()).isEqualTo(6);
  }

  @Test
  void afterAPauseItGrowsFastUpToThreeQuarters() {
    assertThat(afterLossAt100()).isEqualTo(70);
    control.onFalseAlarm();
    control.onTimeout(NOW, 50, rtt);
    acked(38);
    assertThat(control.windowPackets()).isEqualTo(40);
    control.onSent(NOW, 0, RTO);
    control.onSent(NOW + 2 * RTO, 0, RTO);
    assertThat(control.windowPackets()).isEqualTo(20);
    assertThat(acked(50)).as("the threshold is still 70").isEqualTo(70);
  }
}
