package io.i2pstreaming.autoconfigure.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.embedded.EmbeddedRouter;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

@DisplayName("D7 health of a manager")
class StreamManagerHealthIndicatorTest {
  @Test
  void isOutOfServiceUntilTheFirstSessionAndDownAfterTheLast() throws Exception {
    try (EmbeddedRouter router = EmbeddedRouter.builder().build()) {
      router.start();
      StreamManager manager = StreamManager.builder().router(router).build();
      var indicator = new StreamManagerHealthIndicator(manager, null);
      assertThat(indicator.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);

      manager.start();
      assertThat(manager.awaitUp(Duration.ofMinutes(1))).isTrue();
      assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
      assertThat(indicator.health().getDetails().toString())
          .doesNotContain(manager.destination().base32().substring(0, 8));

      manager.close();
      assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
    }
  }
}
