package io.i2pstreaming.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.SessionState.Phase;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.embedded.EmbeddedRouter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B1 tunnel options changed while the session runs")
class ReconfigureTest {
  private final EmbeddedRouter router = EmbeddedRouter.builder().build();
  private final WatchedRouter watched = new WatchedRouter(router);
  private StreamManager manager;

  @BeforeEach
  void start() throws Exception {
    router.start();
    manager =
        StreamManager.builder()
            .router(watched)
            .sessionOptions(Map.of("inbound.quantity", "3", "inbound.nickname", "here"))
            .build();
  }

  @AfterEach
  void stop() {
    manager.close();
    router.close();
  }

  @Test
  void areTakenByTheRouterAndKeptForTheNextSession() throws Exception {
    manager.start();
    assertThat(manager.awaitUp(Duration.ofMinutes(1))).isTrue();
    manager.reconfigure(Map.of("INBOUND.quantity", "1")).get(1, TimeUnit.MINUTES);
    assertThat(watched.timesWritten("inbound.quantity", 1)).isEqualTo(1);
    assertThat(manager.state().reconnects()).isZero();

    watched.links.get(0).close();
    World.await("the next session", () -> manager.state().reconnects() == 1);
    assertThat(watched.links).hasSize(2);
    assertThat(watched.timesWritten("inbound.quantity", 1)).isEqualTo(2);
    assertThat(watched.timesWritten("inbound.quantity", 3)).isEqualTo(1);
    manager.reconfigure(Map.of("inbound.quantity", "2")).get(1, TimeUnit.MINUTES);
    assertThat(watched.timesWritten("inbound.quantity", 2)).isEqualTo(1);
  }

  @Test
  void waitForTheFirstSession() throws Exception {
    manager.start();
    manager.reconfigure(Map.of("inbound.quantity", "1")).get(1, TimeUnit.MINUTES);
    assertThat(manager.state().phase()).isEqualTo(Phase.UP);
    assertThat(watched.timesWritten("inbound.quantity", 1)).isEqualTo(1);
  }

  @Test
  void failWithASentence() throws Exception {
    assertFails(manager.reconfigure(Map.of("inbound.quantity", "1")), "start() first");
    assertThatThrownBy(() -> manager.reconfigure(Map.of("i2cp.leaseSetEncType", "4")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("i2cp.leaseSetEncType cannot be changed");
    manager.start();
    assertThat(manager.awaitUp(Duration.ofMinutes(1))).isTrue();
    assertFails(
        manager.reconfigure(Map.of("inbound.nickname", "x".repeat(256))), "I2CP allows 255");
    manager.reconfigure(Map.of("outbound.quantity", "1")).get(1, TimeUnit.MINUTES);
    manager.close();
    assertFails(manager.reconfigure(Map.of("inbound.quantity", "1")), "closed");
  }

  private static void assertFails(CompletableFuture<?> change, String why) {
    assertThatThrownBy(() -> change.get(1, TimeUnit.MINUTES))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(StreamingException.class)
        .hasMessageContaining(why);
  }
}
