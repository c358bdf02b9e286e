package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A5 deadlines of a connection")
class TimerTableTest {
  private final TimerTable timers = new TimerTable();

  @Test
  void tellsTheEarliest() {
    assertThat(timers.earliest()).isEqualTo(Connection.NEVER);
    timers.set(Timer.INACTIVITY, 90);
    assertThat(timers.earliest()).isEqualTo(90);
    timers.set(Timer.RETRANSMIT, 50);
    timers.start(Timer.RETRANSMIT, 40);
    timers.start(Timer.FLUSH, 60);
    assertThat(timers.earliest()).isEqualTo(50);
    assertThat(timers.deadline(Timer.FLUSH)).isEqualTo(60);
    timers.set(Timer.RETRANSMIT, Connection.NEVER);
    assertThat(timers.isSet(Timer.RETRANSMIT)).isFalse();
    assertThat(timers.earliest()).isEqualTo(60);
    timers.set(Timer.INACTIVITY, Connection.NEVER);
    timers.clear(Timer.FLUSH);
    assertThat(timers.earliest()).isEqualTo(Connection.NEVER);
  }

  @Test
  void expiresWhatIsDueAndOnce() {
    for (Timer timer : Timer.values()) {
      timers.set(timer, 50);
      assertThat(timers.expire(timer, 49)).isFalse();
      assertThat(timers.isSet(timer)).isTrue();
      assertThat(timers.expire(timer, 50)).isTrue();
      assertThat(timers.isSet(timer)).isFalse();
      assertThat(timers.expire(timer, 50)).isFalse();
    }
  }

  @Test
  void oneConnectionDoesNotTouchAnother() {
    TimerTable other = new TimerTable();
    for (Timer timer : Timer.values()) {
      timers.set(timer, 7);
      assertThat(other.isSet(timer)).isFalse();
    }
    timers.clearAll();
    assertThat(timers.earliest()).isEqualTo(Connection.NEVER);
  }
}
