package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A4 when an acknowledgement leaves")
class AckPolicyTest {
  private static final long MILLI = 1_000_000L;
  private static final long NOW = 5_000 * MILLI;
  private static final long DELAY = 100 * MILLI;
  private static final int NOT_SAID = -1;

  private final AckPolicy policy = new AckPolicy();

  private boolean dueAfter(int requestedMillis) {
    policy.onNumbered(NOW, false, requestedMillis, DELAY);
    return policy.dueAt() == NOW;
  }

  /** How many packets it takes until an acknowledgement is due at once. */
  private int packetsPerAck() {
    int packets = 1;
    while (!dueAfter(NOT_SAID)) {
      assertThat(policy.dueAt()).isEqualTo(NOW + DELAY);
      packets++;
    }
    policy.onAcknowledged(Connection.NEVER);
    return packets;
  }

  @Test
  void everySecondOfTheFirstSixteenPacketsThenEveryFourth() {
    for (int pair = 0; pair < 8; pair++) {
      assertThat(packetsPerAck()).isEqualTo(2);
    }
    assertThat(packetsPerAck()).isEqualTo(4);
    assertThat(packetsPerAck()).isEqualTo(4);
    policy.eager();
    assertThat(packetsPerAck()).isEqualTo(2);
  }

  @Test
  void thePeerMayAskForLessDelayAndForNone() {
    assertThat(dueAfter(20)).isFalse();
    assertThat(policy.dueAt()).isEqualTo(NOW + 20 * MILLI);
    policy.onAcknowledged(Connection.NEVER);
    assertThat(dueAfter(500)).isFalse();
    assertThat(policy.dueAt()).isEqualTo(NOW + DELAY);
    policy.onAcknowledged(Connection.NEVER);
    assertThat(dueAfter(0)).isTrue();
  }

  @Test
  void aLaterPacketDoesNotPostponeAndAnUrgentOneHastens() {
    assertThat(dueAfter(20)).isFalse();
    policy.onAcknowledged(NOW + 7 * MILLI);
    assertThat(dueAfter(20)).isFalse();
    assertThat(policy.dueAt()).isEqualTo(NOW + 7 * MILLI);
    policy.onAcknowledged(Connection.NEVER);
    assertThat(policy.dueAt()).isEqualTo(Connection.NEVER);
    policy.onNumbered(NOW, true, NOT_SAID, DELAY);
    assertThat(policy.dueAt()).isEqualTo(NOW);
  }
}
