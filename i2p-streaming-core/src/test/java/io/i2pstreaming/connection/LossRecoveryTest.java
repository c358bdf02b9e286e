package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.wire.MalformedPacketException;
import io.i2pstreaming.wire.PacketView;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A5 what becomes of packets that left")
class LossRecoveryTest {
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1000 * MILLI;
  private static final int MAX_RESENDS = 8;

  private final Told told = new Told();
  private final SendWindow window = new SendWindow();
  private final TimerTable timers = new TimerTable();
  private final RttEstimator rtt = new RttEstimator(3500 * MILLI);
  private final LossRecovery recovery = new LossRecovery(MAX_RESENDS, window, told, timers, rtt);
  private long now = 5_000 * SECOND;

  /** A congestion control with a window of the test's, which writes down what it hears. */
  private static final class Told implements CongestionControl {
    private final List<String> words = new ArrayList<>();
    private int window = 100;
    private int sent;
    private int acked;

    @Override
    public int windowPackets() {
      return window;
    }

    @Override
    public void onSent(long nowNanos, int inFlightPackets, long rtoNanos) {
      sent++;
    }

    @Override
    public void onAcked(
        long nowNanos, int packets, long sampleNanos, boolean windowLimited, RttEstimator rtt) {
      acked += packets;
    }

    @Override
    public void onLost(int packets) {
      words.add("lost " + packets);
    }

    @Override
    public void onLossEpisode(long nowNanos, int inFlightPackets, RttEstimator rtt) {
      words.add("episode");
    }

    @Override
    public void onFalseAlarm() {
      words.add("false alarm");
    }

    @Override
    public void onTimeout(long nowNanos, int inFlightPackets, RttEstimator rtt) {
      words.add("timeout");
    }
  }

  private void steady() {
    for (int i = 0; i < 100; i++) {
      rtt.sample(200 * MILLI);
    }
  }

  private void send(int packets) {
    for (int i = 0; i < packets; i++) {
      recovery.beforeNew(now);
      window.append(now, 10 * window.next(), 10, false);
      recovery.afterNew(now);
      now += MILLI;
    }
  }

  private boolean acknowledge(long through, long... nacks) {
    byte[] packet = Forger.data(1, 2, 1, through, 0, 0, nacks);
    try {
      return recovery.onAck(now, new PacketView().wrap(packet, 0, packet.length), false);
    } catch (MalformedPacketException e) {
      throw new AssertionError(e);
    }
  }

  private boolean retransmitTimer() {
    now = timers.deadline(Timer.RETRANSMIT);
    timers.clear(Timer.RETRANSMIT);
    return recovery.onRetransmitTimer(now);
  }

  private void lossTimer() {
    now = timers.deadline(Timer.LOSS);
    timers.clear(Timer.LOSS);
    recovery.onLossTimer(now);
  }

  private long wait(Timer timer) {
    return (timers.deadline(timer) - now) / MILLI;
  }

  private List<Long> resendAll() {
    List<Long> numbers = new ArrayList<>();
    while (recovery.resendReady()) {
      numbers.add(recovery.resend(now));
    }
    return numbers;
  }

  @Test
  void withoutASampleTheTimeoutIsAwaited() {
    send(1);
    assertThat(told.sent).isEqualTo(1);
    assertThat(wait(Timer.RETRANSMIT)).isEqualTo(3499);
    assertThat(retransmitTimer()).isTrue();
    assertThat(told.words).containsExactly("timeout");
    assertThat(wait(Timer.RETRANSMIT)).isEqualTo(7000);
    assertThat(resendAll()).containsExactly(0L);
    assertThat(told.sent).isEqualTo(2);
    assertThat(recovery.timeoutRetransmissions()).isEqualTo(1);
    assertThat(recovery.fastRetransmissions()).isZero();
  }

  @Test
  void theFirstWaitEndsInAProbeOfBothEnds() {
    rtt.sample(200 * MILLI);
    send(3);
    now -= 3 * MILLI;
    assertThat(wait(Timer.RETRANSMIT)).as("two round trips and an ack delay").isEqualTo(500);
    told.window = 0;
    assertThat(retransmitTimer()).isTrue();
    assertThat(told.words).isEmpty();
    assertThat(window.lost()).isEqualTo(2);
    assertThat(resendAll()).containsExactly(0L, 2L);
    assertThat(wait(Timer.RETRANSMIT)).isEqualTo(600);

    assertThat(retransmitTimer()).isTrue();
    assertThat(told.words).containsExactly("timeout");
    assertThat(window.lost()).as("all have been silent for a timeout").isEqualTo(3);
    assertThat(wait(Timer.RETRANSMIT)).isEqualTo(1200);
    assertThat(resendAll()).as("the window is closed but for one").containsExactly(0L);

    assertThat(retransmitTimer()).isTrue();
    assertThat(told.words).as("told once").containsExactly("timeout");
    assertThat(wait(Timer.RETRANSMIT)).isEqualTo(2400);
  }

  @Test
  void aTimeoutSparesWhatLeftLately() {
    send(1);
    now += 3000 * MILLI;
    send(2);
    assertThat(retransmitTimer()).isTrue();
    assertThat(window.lost()).isEqualTo(1);
    assertThat(window.inFlight()).isEqualTo(2);
  }

  @Test
  void aSinglePacketIsProbedForOnce() {
    rtt.sample(200 * MILLI);
    send(1);
    told.window = 0;
    retransmitTimer();
    assertThat(resendAll()).containsExactly(0L);
    window.timeOut(0);
    assertThat(recovery.resendReady()).as("nothing more is forced").isFalse();
    told.window = 1;
    assertThat(recovery.resendReady()).isTrue();
  }

  @Test
  void aTimerWithoutPacketsMeansNothing() {
    assertThat(recovery.onRetransmitTimer(now)).isTrue();
    assertThat(told.words).isEmpty();
    assertThat(timers.isSet(Timer.RETRANSMIT)).isFalse();
  }

  @Test
  void givesUpAfterEnoughTimeoutsInEnoughSilence() {
    long start = now;
    send(1);
    for (int i = 0; i < MAX_RESENDS; i++) {
      assertThat(recovery.onRetransmitTimer(start + 299 * SECOND)).isTrue();
    }
    assertThat(recovery.onRetransmitTimer(start + 60 * SECOND - 1)).as("too soon").isTrue();
    assertThat(recovery.onRetransmitTimer(start + 60 * SECOND)).isFalse();
  }

  @Test
  void givesUpAfterFiveMinutesOfSilence() {
    long start = now;
    send(1);
    assertThat(recovery.onRetransmitTimer(start + 300 * SECOND - 1)).isTrue();
    assertThat(recovery.onRetransmitTimer(start + 300 * SECOND)).isFalse();
  }

  @Test
  void progressEndsTheCount() {
    send(2);
    for (int round = 0; round < 2; round++) {
      now += 61 * SECOND;
      for (int i = 0; i < MAX_RESENDS; i++) {
        assertThat(recovery.onRetransmitTimer(now)).isTrue();
      }
      acknowledge(0);
    }
    assertThat(recovery.onRetransmitTimer(now)).isFalse();
  }

  @Test
  void silenceIsCountedFromTheFirstPacketInFlight() {
    send(1);
    now += 100 * MILLI;
    acknowledge(0);
    now += 1000 * SECOND;
    send(1);
    assertThat(recovery.onRetransmitTimer(now)).as("a probe").isTrue();
    assertThat(recovery.onRetransmitTimer(now)).isTrue();
  }

  @Test
  void aReportedHoleIsALossWhenItsTimeHasCome() {
    steady();
    send(3);
    now += 199 * MILLI;
    assertThat(acknowledge(2, 0)).isTrue();
    assertThat(told.acked).isEqualTo(2);
    assertThat(told.words).isEmpty();
    assertThat(wait(Timer.LOSS)).as("a quarter of a round trip, less 2 ms").isEqualTo(48);
    recovery.onLossTimer(now);
    assertThat(recovery.resendReady()).isFalse();
    lossTimer();
    assertThat(told.words).containsExactly("lost 1", "episode");
    timers.clear(Timer.RETRANSMIT);
    assertThat(resendAll()).containsExactly(0L);
    assertThat(recovery.fastRetransmissions()).isEqualTo(1);
    assertThat(recovery.timeoutRetransmissions()).isZero();
    assertThat(timers.isSet(Timer.RETRANSMIT)).as("a new wait for the lowest").isTrue();
    assertThat(told.sent).isEqualTo(4);
  }

  @Test
  void anEpisodeCountsOnceUntilWhatWasInFlightIsThrough() {
    steady();
    send(4);
    now += 300 * MILLI;
    acknowledge(1, 0);
    assertThat(told.words).containsExactly("lost 1", "episode");
    acknowledge(3, 0, 2);
    lossTimer();
    assertThat(told.words).containsExactly("lost 1", "episode", "lost 1");
    assertThat(resendAll()).containsExactly(0L, 2L);
    now += 200 * MILLI;
    acknowledge(3);
    send(2);
    now += 300 * MILLI;
    acknowledge(5, 4);
    lossTimer();
    assertThat(told.words).containsExactly("lost 1", "episode", "lost 1", "lost 1", "episode");
  }

  @Test
  void whenAllLossesOfAnEpisodeWereNeedlessItIsTakenBack() {
    steady();
    send(4);
    now += 300 * MILLI;
    acknowledge(1, 0);
    acknowledge(3, 0, 2);
    lossTimer();
    resendAll();
    told.words.clear();
    now += MILLI;
    acknowledge(3, 2);
    assertThat(told.words).as("one of two").isEmpty();
    acknowledge(3);
    assertThat(told.words).containsExactly("false alarm");
  }

  @Test
  void resendsOnlyWhileTheWindowHasRoom() {
    steady();
    send(6);
    now += 300 * MILLI;
    acknowledge(3, 0, 1, 2);
    assertThat(window.lost()).isEqualTo(3);
    assertThat(window.inFlight()).isEqualTo(2);
    told.window = 2;
    assertThat(recovery.resendReady()).isFalse();
    told.window = 4;
    assertThat(resendAll()).containsExactly(0L, 1L);
  }

  @Test
  void aResentPacketAboveTheLowestDoesNotPostponeTheTimer() {
    steady();
    send(3);
    now += 300 * MILLI;
    acknowledge(2, 0, 1);
    recovery.resend(now);
    timers.clear(Timer.RETRANSMIT);
    assertThat(recovery.resend(now)).isEqualTo(1);
    assertThat(timers.isSet(Timer.RETRANSMIT)).isFalse();
  }

  @Test
  void aTimeoutThatWasOnlyADelayIsTakenBack() {
    steady();
    send(6);
    retransmitTimer();
    resendAll();
    retransmitTimer();
    assertThat(told.words).containsExactly("timeout");
    told.window = 0;
    assertThat(resendAll()).containsExactly(0L);
    now += 10 * MILLI;
    acknowledge(0);
    assertThat(told.words).containsExactly("timeout", "false alarm");
    assertThat(window.lost()).as("the others are in flight").isZero();
    assertThat(window.inFlight()).isEqualTo(5);
    now += 10 * MILLI;
    acknowledge(5);
    assertThat(told.words).as("once").containsExactly("timeout", "false alarm");
  }

  @Test
  void whatOnlyAProbeCouldMendWasLost() {
    steady();
    send(3);
    retransmitTimer();
    resendAll();
    now += 200 * MILLI;
    acknowledge(2);
    assertThat(told.words).containsExactly("lost 2", "episode");
    assertThat(timers.isSet(Timer.RETRANSMIT)).isFalse();
  }

  @Test
  void aProbeAfterTheFirstLossesOfAnEpisodeBeginsNoOther() {
    steady();
    send(4);
    now += 300 * MILLI;
    acknowledge(1, 0);
    resendAll();
    told.words.clear();
    retransmitTimer();
    resendAll();
    now += 200 * MILLI;
    acknowledge(0);
    assertThat(told.words).isEmpty();
  }

  @Test
  void anAcknowledgementOfWhatWasNeverSentChangesNothing() {
    send(1);
    assertThat(acknowledge(1)).isFalse();
    assertThat(recovery.sampleNanos()).isEqualTo(-1);
    assertThat(told.acked).isZero();
    assertThat(acknowledge(0)).isTrue();
    assertThat(told.acked).isEqualTo(1);
  }

  @Test
  void progressRestartsTheTimerAndTheEndStopsIt() {
    steady();
    send(2);
    now += 200 * MILLI;
    acknowledge(0);
    assertThat(wait(Timer.RETRANSMIT)).isEqualTo(300);
    assertThat(recovery.sampleNanos()).isEqualTo(202 * MILLI);
    acknowledge(1);
    assertThat(timers.isSet(Timer.RETRANSMIT)).isFalse();
  }

  @Test
  void theAnswerToTheFirstPacketIsASample() {
    send(1);
    now += 149 * MILLI;
    recovery.onAnswered(now);
    assertThat(recovery.sampleNanos()).isEqualTo(150 * MILLI);
    assertThat(rtt.smoothedNanos()).isEqualTo(150 * MILLI);
    assertThat(told.acked).isEqualTo(1);
    assertThat(timers.isSet(Timer.RETRANSMIT)).isFalse();
    recovery.onAnswered(now);
    assertThat(told.acked).as("only once").isEqualTo(1);
  }

  @Test
  void whatATimerHasBroughtAboutSaysNothingAboutThePath() {
    send(2);
    retransmitTimer();
    assertThat(rtt.isBackedOff()).isTrue();
    now += 10 * MILLI;
    acknowledge(1, 0);
    assertThat(rtt.hasSample()).isFalse();
    assertThat(rtt.isBackedOff()).as("but it is progress").isFalse();
    acknowledge(1);
    send(1);
    now += 199 * MILLI;
    acknowledge(2);
    assertThat(rtt.smoothedNanos()).as("a packet that left later does").isEqualTo(200 * MILLI);
  }

  @Test
  void theLowestLeavesAgainWhateverTheWindowSays() {
    send(2);
    told.window = 0;
    recovery.timeOutLowest();
    assertThat(resendAll()).containsExactly(0L);
    assertThat(window.inFlight()).isEqualTo(2);
  }

  @Test
  void patienceGrowsWithProbesThatNobodyAnswersInTime() {
    steady();
    for (int round = 0; round < 5; round++) {
      send(1);
      retransmitTimer();
      resendAll();
      now += 10 * MILLI;
      acknowledge(window.next() - 1);
    }
    send(1);
    retransmitTimer();
    resendAll();
    retransmitTimer();
    resendAll();
    now += 10 * MILLI;
    acknowledge(window.next() - 1);
    assertThat(rtt.isBackedOff()).as("too many timeouts without a sample").isTrue();
  }
}
