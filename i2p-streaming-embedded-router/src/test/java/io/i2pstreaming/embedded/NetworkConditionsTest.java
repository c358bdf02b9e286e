package io.i2pstreaming.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C2 network conditions")
class NetworkConditionsTest {
  private final NetworkConditions perfect = NetworkConditions.perfect();

  @Test
  void refusesWhatIsNoProbabilityAndSaysWhatIs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> perfect.withLoss(5, 0))
        .withMessage("loss is 5.0; use a probability from 0 to 1, for example 0.05 for 5 %");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> perfect.withLoss(0, Double.NaN))
        .withMessageStartingWith("burstLoss is NaN; use a probability");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> perfect.withFaults(-0.1, 0, 0))
        .withMessageStartingWith("duplicate is -0.1;");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> perfect.withFaults(0, 2, 0))
        .withMessageStartingWith("reorder is 2.0;");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> perfect.withFaults(0, 0, 2))
        .withMessageStartingWith("corrupt is 2.0;");
  }

  @Test
  void refusesDelaysOutsideOfZeroToOneHour() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> perfect.withLatency(Duration.ofMillis(-1), Duration.ZERO))
        .withMessage("latency is PT-0.001S; use a duration from 0 to one hour");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> perfect.withLatency(Duration.ZERO, Duration.ofHours(2)))
        .withMessage("jitter is PT2H; use a duration from 0 to one hour");
  }

  @Test
  void refusesANegativeBandwidthAndAnEmptyQueue() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> perfect.withBandwidth(-1, 1))
        .withMessage("bytesPerSecond is -1; use 0 for no limit, or a positive number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> perfect.withBandwidth(1, 0))
        .withMessage("queueBytes is 0; the queue of a link needs at least 1 byte");
  }

  @Test
  void changesOnlyWhatItIsAskedFor() {
    NetworkConditions all =
        perfect
            .withLatency(Duration.ofMillis(1), Duration.ofMillis(2))
            .withLoss(0.1, 0.2)
            .withFaults(0.3, 0.4, 0.5)
            .withBandwidth(6, 7);
    assertThat(all)
        .isEqualTo(
            new NetworkConditions(
                Duration.ofMillis(1), Duration.ofMillis(2), 0.1, 0.2, 0.3, 0.4, 0.5, 6, 7));
  }
}
