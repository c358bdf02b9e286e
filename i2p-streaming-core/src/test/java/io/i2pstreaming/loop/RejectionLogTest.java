package io.i2pstreaming.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.endpoint.Rejections;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A12 A13 reject logging")
class RejectionLogTest {
  @Test
  void countsWhatIsNewByReason() {
    Rejections before = new Rejections(1, 1, 1, 1, 1, 1, 9, 9, 9, 9);
    Rejections now = new Rejections(1, 2, 3, 4, 5, 6, 10, 11, 12, 99);
    assertThat(RejectionLog.sentence(before, now))
        .isEqualTo(
            "refused 15 incoming streams: nobody listened 0, full 1, access list 2, concurrent"
                + " streams 3, limit of one peer 4, limit of all peers 5; and 6 pings");
  }

  @Test
  void speaksAtOnceThenEveryTenSecondsAndNotWhenDisabled() {
    RejectionLog log = new RejectionLog("test", false);
    assertThat(log.look(0, Rejections.NONE)).isFalse();
    assertThat(log.look(1, rejected(1))).isTrue();
    assertThat(log.look(2, rejected(2))).isFalse();
    assertThat(log.look(1 + RejectionLog.INTERVAL_NANOS, rejected(2))).isTrue();
    assertThat(log.look(2 + 2 * RejectionLog.INTERVAL_NANOS, rejected(2))).isFalse();
    log.disabled(true);
    assertThat(log.look(3 + 3 * RejectionLog.INTERVAL_NANOS, rejected(3))).isFalse();
    log.disabled(false);
    assertThat(log.look(4 + 4 * RejectionLog.INTERVAL_NANOS, rejected(3))).isFalse();
    assertThat(log.look(5 + 4 * RejectionLog.INTERVAL_NANOS, rejected(4))).isTrue();
  }

  private static Rejections rejected(long access) {
    return new Rejections(0, 0, access, 0, 0, 0, 0, 0, 0, 0);
  }
}
