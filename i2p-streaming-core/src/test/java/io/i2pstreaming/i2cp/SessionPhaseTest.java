package io.i2pstreaming.i2cp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("how far a session has come")
class SessionPhaseTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void aRouterMayTakeLongestForItsTunnels() {
    assertThat(SessionPhase.DATE_ASKED.deadline(SECOND)).isEqualTo(31 * SECOND);
    assertThat(SessionPhase.SESSION_ASKED.deadline(SECOND)).isEqualTo(31 * SECOND);
    assertThat(SessionPhase.LEASES_AWAITED.deadline(SECOND)).isEqualTo(301 * SECOND);
  }

  @ParameterizedTest
  @EnumSource(SessionPhase.class)
  void thereIsAReasonWhereThereIsADeadlineAndNowhereElse(SessionPhase phase) {
    boolean endless = phase.deadline(SECOND) == I2cpClient.NEVER;
    assertThat(phase.tooLate() == null).isEqualTo(endless);
  }

  @Test
  void lookupsAreAnsweredBeforeTheSessionIsGranted() {
    assertThat(Arrays.stream(SessionPhase.values()).filter(SessionPhase::granted))
        .containsExactly(SessionPhase.LEASES_AWAITED, SessionPhase.UP);
    assertThat(Arrays.stream(SessionPhase.values()).filter(SessionPhase::canLookUp))
        .containsExactly(SessionPhase.SESSION_ASKED, SessionPhase.LEASES_AWAITED, SessionPhase.UP);
  }

  @Test
  void statusesHaveTheNumbersOfTheSpecification() {
    assertThat(SessionStatus.ofCode(0)).isEqualTo(SessionStatus.DESTROYED);
    assertThat(SessionStatus.ofCode(1)).isEqualTo(SessionStatus.CREATED);
    assertThat(SessionStatus.ofCode(2)).isEqualTo(SessionStatus.UPDATED);
    assertThat(SessionStatus.ofCode(3)).isEqualTo(SessionStatus.INVALID);
    assertThat(SessionStatus.ofCode(4)).isEqualTo(SessionStatus.REFUSED);
    assertThat(SessionStatus.ofCode(5)).isNull();
    assertThat(SessionStatus.ofCode(255)).isNull();
  }
}
