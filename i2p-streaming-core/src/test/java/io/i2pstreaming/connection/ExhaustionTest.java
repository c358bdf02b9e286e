package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A1 A8 sequence numbers are used up")
class ExhaustionTest {
  /** The first number that is not used any more: 4,294,967,280. */
  private static final long END = 0xffff_fff0L;

  private final Side side = new Side(1, 2);
  private final TimerTable timers = new TimerTable();
  private final RttEstimator rtt = new RttEstimator(Pair.SECOND);
  private final SendHalf sender =
      new SendHalf(Pair.config(), null, side, timers, rtt, new SendWindow(END - 4));
  private final ReceiveHalf receiver = new ReceiveHalf(Pair.config(), side, timers, rtt);
  private final Lifecycle life = new Lifecycle(side.auth, side, timers, sender, receiver);

  @Test
  void theLastOneLeavesAndAfterItTheStreamIsReset() {
    life.dialing();
    life.answered();
    side.written = 1_000_000;
    side.flushed = side.written;
    for (long number = END - 4; number < END; number++) {
      life.settle(0);
      assertThat(side.closed).as("before number %d", number).isNull();
      assertThat(sender.newReady(true)).isTrue();
      assertThat(sender.sendNew(0, true)).isEqualTo(number);
    }
    life.settle(0);
    assertThat(side.closed).isEqualTo(CloseReason.EXHAUSTED);
    assertThat(life.resetDue()).isTrue();
    assertThat(life.state()).isEqualTo(ConnectionState.TIME_WAIT);
  }
}
