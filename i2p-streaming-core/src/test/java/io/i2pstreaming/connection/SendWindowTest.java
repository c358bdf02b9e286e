package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.wire.MalformedPacketException;
import io.i2pstreaming.wire.PacketView;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A5 what is in flight")
class SendWindowTest {
  private static final long MILLI = 1_000_000L;
  private static final long MIN_RTT = 100 * MILLI;

  private final SendWindow window = new SendWindow();
  private final RttEstimator rtt = new RttEstimator(3500 * MILLI);
  private long now = 5_000 * MILLI;

  /** Sends packets of 10, 11, 12 ... bytes, each a millisecond after the other. */
  private void send(int packets) {
    for (int i = 0; i < packets; i++) {
      long number = window.next();
      window.append(now, 1000 * number, 10 + (int) number, number % 5 == 4);
      now += MILLI;
    }
  }

  private boolean acknowledge(long through, long... nacks) {
    byte[] packet = Forger.data(1, 2, 1, through, 0, 0, nacks);
    try {
      return window.acknowledge(now, new PacketView().wrap(packet, 0, packet.length), MIN_RTT);
    } catch (MalformedPacketException e) {
      throw new AssertionError(e);
    }
  }

  private static LossDetector after(int reports) {
    return new LossDetector() {
      @Override
      public long lostAtNanos(int seen, long lastSentAtNanos, RttEstimator rtt) {
        return seen >= reports ? lastSentAtNanos + 50 * MILLI : Connection.NEVER;
      }

      @Override
      public void onReordered() {}

      @Override
      public void onNeedless() {}

      @Override
      public void onEpisode() {}
    };
  }

  @Test
  void remembersEveryPacketWhileItGrows() {
    send(5);
    assertThat(acknowledge(2)).isTrue();
    send(SendWindow.MAX_SPAN - 2);
    assertThat(window.span()).isEqualTo(SendWindow.MAX_SPAN);
    assertThat(window.inFlight()).isEqualTo(SendWindow.MAX_SPAN);
    for (long number = 3; number < window.next(); number++) {
      assertThat(window.offset(number)).isEqualTo(1000 * number);
      assertThat(window.length(number)).isEqualTo(10 + (int) number);
      assertThat(window.sends(number)).isEqualTo(1);
      assertThat(window.closes(number)).isEqualTo(number % 5 == 4);
    }
    now += 200 * MILLI;
    assertThat(acknowledge(window.next() - 1)).isTrue();
    assertThat(window.ackedPackets()).isEqualTo(SendWindow.MAX_SPAN);
    assertThat(window.isEmpty()).isTrue();
    assertThat(window.inFlight()).isZero();
  }

  @Test
  void growsWhileReportsAndMarksAreKept() {
    send(8);
    now += 200 * MILLI;
    acknowledge(3, 0);
    window.timeOut(5);
    send(20);
    assertThat(window.lostByTimeout(5)).isTrue();
    assertThat(window.lost()).isEqualTo(1);
    acknowledge(4, 0);
    window.detectLosses(now, after(2), rtt);
    assertThat(window.lowestLost()).isZero();
    assertThat(window.lost()).isEqualTo(2);
    window.timeOutOlder(Long.MIN_VALUE);
    assertThat(window.lostByTimeout(0)).as("was lost before").isFalse();
  }

  @Test
  void anAcknowledgementCountsWhatIsNew() {
    send(4);
    now += 200 * MILLI;
    assertThat(acknowledge(2, 1)).isTrue();
    assertThat(window.lowest()).isEqualTo(1);
    assertThat(window.ackedPackets()).isEqualTo(2);
    assertThat(window.ackedBytes()).isEqualTo(10 + 12);
    assertThat(window.inFlight()).isEqualTo(2);
    assertThat(window.span()).isEqualTo(3);
    assertThat(window.sampleSequence()).isEqualTo(2);
    assertThat(window.sampleNanos()).isEqualTo(202 * MILLI);
    assertThat(window.reported()).isTrue();

    assertThat(acknowledge(2, 1)).as("the same again").isTrue();
    assertThat(window.ackedPackets()).isZero();
    assertThat(window.ackedBytes()).isZero();
    assertThat(window.sampleNanos()).isEqualTo(-1);

    assertThat(acknowledge(2)).isTrue();
    assertThat(window.ackedPackets()).isEqualTo(1);
    assertThat(window.overtaken()).as("the hole was a reordering").isTrue();
    assertThat(window.reported()).isFalse();
    assertThat(window.lowest()).isEqualTo(3);
    assertThat(acknowledge(1)).as("an older one").isTrue();
    assertThat(window.overtaken()).isFalse();
    assertThat(window.lowest()).isEqualTo(3);
  }

  @Test
  void acknowledgementsOfWhatWasNeverSentAreIgnored() {
    send(3);
    assertThat(acknowledge(3)).isFalse();
    assertThat(window.inFlight()).isEqualTo(3);
    assertThat(acknowledge(2)).isTrue();
    assertThat(window.isEmpty()).isTrue();
  }

  @Test
  void nacksOfTheWholeSpanAreUnderstood() {
    send(SendWindow.MAX_SPAN);
    now += 200 * MILLI;
    long[] holes = {0, 31, 32, 63, 64, 65, 126};
    acknowledge(127, holes);
    assertThat(window.ackedPackets()).isEqualTo(128 - holes.length);
    window.detectLosses(now, after(1), rtt);
    assertThat(window.lost()).isEqualTo(holes.length);
    assertThat(window.inFlight()).isZero();
    assertThat(window.highestFound()).isEqualTo(126);
    for (long hole : holes) {
      assertThat(window.lowestLost()).isEqualTo(hole);
      window.resent(now, hole);
    }
    assertThat(window.lowestLost()).isEqualTo(-1);
    assertThat(window.inFlight()).isEqualTo(holes.length);
    assertThat(window.sends(64)).isEqualTo(2);
  }

  @Test
  void aNackOfTheHighestNumberReportsNothing() {
    send(3);
    now += 200 * MILLI;
    acknowledge(2, 0, 2);
    assertThat(window.reported()).isFalse();
    assertThat(window.ackedPackets()).isEqualTo(1);
    assertThat(window.lowest()).isZero();
  }

  @Test
  void lossesAreFoundWhenTheirTimeHasCome() {
    send(3);
    acknowledge(2, 0, 1);
    long leftAt = now - 3 * MILLI;
    assertThat(window.detectLosses(leftAt + 50 * MILLI - 1, after(1), rtt))
        .isEqualTo(leftAt + 50 * MILLI);
    assertThat(window.lost()).isZero();
    assertThat(window.detectLosses(leftAt + 50 * MILLI, after(1), rtt))
        .isEqualTo(leftAt + 51 * MILLI);
    assertThat(window.lost()).isEqualTo(1);
    assertThat(window.highestFound()).isZero();
    assertThat(window.detectLosses(leftAt + 51 * MILLI, after(1), rtt)).isEqualTo(Connection.NEVER);
    assertThat(window.lost()).isEqualTo(2);
  }

  /** Only what left after the latest copy says anything about that copy. */
  @Test
  void aCopyIsJudgedByWhatLeftAfterIt() {
    send(4);
    now += 200 * MILLI;
    acknowledge(1, 0);
    window.detectLosses(now, after(1), rtt);
    window.resent(now, 0);
    acknowledge(3, 0);
    assertThat(window.reported()).as("2 and 3 left before the copy").isFalse();
    now += MILLI;
    send(1);
    now += 200 * MILLI;
    acknowledge(4, 0);
    assertThat(window.reported()).isTrue();
  }

  @Test
  void whatLeftAtOneMomentLeftLowestFirst() {
    window.append(now, 0, 10, false);
    window.append(now, 10, 10, false);
    window.append(now, 20, 10, false);
    window.timeOut(0);
    window.timeOut(1);
    window.resent(now, 0);
    window.resent(now, 1);
    now += 200 * MILLI;
    acknowledge(1, 0);
    assertThat(window.reported()).isTrue();
    assertThat(window.lowest()).isZero();
  }

  @Test
  void needlessAndMendedCopiesAreToldApart() {
    send(3);
    now += 200 * MILLI;
    acknowledge(2, 0, 1);
    window.detectLosses(now, after(1), rtt);
    assertThat(window.lost()).isEqualTo(2);
    window.resent(now, 0);
    now += MIN_RTT - 1;
    acknowledge(1, 1);
    assertThat(window.needless()).as("the answer came too soon for the copy").isEqualTo(1);
    acknowledge(2);
    assertThat(window.needless()).as("arrived before it was sent again").isEqualTo(1);
    assertThat(window.lost()).isZero();
    assertThat(window.inFlight()).isZero();
    assertThat(window.sampleNanos()).as("of number 1, which left once").isPositive();
  }

  @Test
  void anAnswerInTimeWasNotNeedless() {
    send(2);
    now += 200 * MILLI;
    acknowledge(1, 0);
    window.detectLosses(now, after(1), rtt);
    window.resent(now, 0);
    now += MIN_RTT;
    acknowledge(1);
    assertThat(window.needless()).isZero();
    assertThat(window.overtaken()).isFalse();
    assertThat(window.sampleNanos()).as("left twice").isEqualTo(-1);
    assertThat(window.ackedBytes()).isEqualTo(10);
  }

  @Test
  void aTimerIsRightOrWrongByTheTimeOfTheAnswer() {
    send(2);
    window.timeOut(0);
    window.timeOut(0);
    assertThat(window.lost()).isEqualTo(1);
    assertThat(window.lostByTimeout(0)).isTrue();
    window.resent(now, 0);
    assertThat(window.lostByTimeout(0)).isFalse();
    now += MIN_RTT - 1;
    acknowledge(0);
    assertThat(window.timerWasWrong()).isTrue();
    assertThat(window.mended()).isZero();
    window.timeOut(1);
    window.resent(now, 1);
    now += MIN_RTT;
    acknowledge(1);
    assertThat(window.timerWasWrong()).isFalse();
    assertThat(window.mended()).isEqualTo(1);
    window.timeOut(1);
    window.timeOut(2);
    assertThat(window.lost()).as("acknowledged, never sent").isZero();
  }

  @Test
  void timedOutPacketsAreRestored() {
    send(4);
    long third = now - 2 * MILLI;
    window.timeOutOlder(third - 1);
    assertThat(window.lost()).isEqualTo(2);
    assertThat(window.inFlight()).isEqualTo(2);
    window.timeOutOlder(third);
    assertThat(window.lost()).isEqualTo(3);
    window.resent(now, 0);
    window.restoreTimedOut();
    assertThat(window.lost()).isZero();
    assertThat(window.inFlight()).isEqualTo(4);
    assertThat(window.lostByTimeout(1)).isFalse();
    assertThat(window.lowestLost()).isEqualTo(-1);
  }

  @Test
  void theLowestTimesOutHoweverYoung() {
    send(2);
    window.timeOutOlder(0);
    assertThat(window.lost()).isEqualTo(1);
    assertThat(window.lowestLost()).isZero();
  }

  @Test
  void sendsStopAt127() {
    send(1);
    for (int i = 0; i < 200; i++) {
      window.timeOut(0);
      window.resent(now, 0);
    }
    assertThat(window.sends(0)).isEqualTo(127);
    assertThat(window.inFlight()).isEqualTo(1);
  }

  @Test
  void theAnswerToTheFirstPacketAcknowledgesItOnce() {
    window.acknowledgeFirst(now);
    assertThat(window.lowest()).isZero();
    send(2);
    now += 200 * MILLI;
    window.clearAcked();
    window.acknowledgeFirst(now);
    window.acknowledgeFirst(now);
    assertThat(window.lowest()).isEqualTo(1);
    assertThat(window.ackedPackets()).isEqualTo(1);
    assertThat(window.sampleNanos()).isEqualTo(202 * MILLI);
    window.clearAcked();
    assertThat(window.ackedPackets()).isZero();
    assertThat(window.sampleNanos()).isEqualTo(-1);
  }

  @Test
  void restForgetsOnlyWhenEmpty() {
    send(2);
    now += 200 * MILLI;
    acknowledge(0);
    window.rest();
    assertThat(window.ackedPackets()).isEqualTo(1);
    acknowledge(1);
    assertThat(window.ackedPackets()).isEqualTo(1);
    window.rest();
    assertThat(window.ackedPackets()).isZero();
    send(1);
    assertThat(window.offset(2)).isEqualTo(2000);
    assertThat(window.inFlight()).isEqualTo(1);
  }
}
