package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A6 the smallest round trip of the last minute")
class WindowedMinimumTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long NOW = 5_000 * SECOND;

  private final WindowedMinimum minimum = new WindowedMinimum();

  @Test
  void forgetsAfterTwoPeriods() {
    assertThat(minimum.nanos()).isEqualTo(Connection.NEVER);
    minimum.add(NOW, 100);
    minimum.add(NOW + 1, 120);
    assertThat(minimum.nanos()).isEqualTo(100);
    minimum.add(NOW + 30 * SECOND - 1, 110);
    minimum.add(NOW + 30 * SECOND, 200);
    assertThat(minimum.nanos()).as("of the period before").isEqualTo(100);
    minimum.add(NOW + 60 * SECOND - 1, 210);
    assertThat(minimum.nanos()).isEqualTo(100);
    minimum.add(NOW + 60 * SECOND, 300);
    assertThat(minimum.nanos()).isEqualTo(200);
    minimum.add(NOW + 90 * SECOND, 400);
    assertThat(minimum.nanos()).isEqualTo(300);
    minimum.add(NOW + 91 * SECOND, 50);
    assertThat(minimum.nanos()).isEqualTo(50);
  }
}
