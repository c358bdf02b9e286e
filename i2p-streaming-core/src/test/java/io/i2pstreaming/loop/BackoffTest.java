package io.i2pstreaming.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B3 waits between attempts to reach the router")
class BackoffTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void waitsDoubleToAMinuteWithAQuarterOfJitterAndStartAnewAfterSuccess() {
    Backoff backoff = new Backoff(new SplittableRandom(1));
    for (long base : new long[] {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
      assertThat(backoff.nextNanos()).isBetween(base * SECOND * 3 / 4, base * SECOND * 5 / 4);
    }
    backoff.reset();
    assertThat(backoff.nextNanos()).isBetween(SECOND * 3 / 4, SECOND * 5 / 4);
  }

  @Test
  void twoClientsComeBackAtDifferentTimes() {
    assertThat(new Backoff(new SplittableRandom(1)).nextNanos())
        .isNotEqualTo(new Backoff(new SplittableRandom(2)).nextNanos());
  }
}
