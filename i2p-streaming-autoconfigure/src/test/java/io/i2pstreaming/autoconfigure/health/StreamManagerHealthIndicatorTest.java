package io.i2pstreaming.autoconfigure.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.SessionState;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamManagerListener;
import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.link.TcpRouterAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.health.contributor.Status;

@DisplayName("D7 health of a manager")
@Timeout(300)
class StreamManagerHealthIndicatorTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Test
  void isOutOfServiceUntilTheFirstSessionAndDownAfterTheLast() throws Exception {
    try (EmbeddedRouter router = EmbeddedRouter.builder().build()) {
      router.start();
      StreamManager manager = StreamManager.builder().router(router).build();
      var indicator = new StreamManagerHealthIndicator(manager, null, PATIENCE);
      assertThat(indicator.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
      List<String> details = new CopyOnWriteArrayList<>();
      List<Boolean> awaitsTunnels = new CopyOnWriteArrayList<>();
      manager.addListener(
          new StreamManagerListener() {
            @Override
            public void sessionChanged(SessionState state) {
              details.add(state.phase() + " " + state.detail());
              awaitsTunnels.add(state.awaitsTunnels());
            }
          });

      manager.start();
      assertThat(manager.awaitUp(Duration.ofMinutes(1))).isTrue();
      assertThat(details)
          .startsWith(
              "STARTING connecting to the router",
              "STARTING the router has accepted the session and builds tunnels");
      // Whoever waits for the session may be told before the listeners are.
      assertThat(awaitsTunnels).startsWith(false, true);
      assertThat(manager.state().awaitsTunnels()).isFalse();
      assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
      assertThat(indicator.health().getDetails().toString())
          .doesNotContain(manager.destination().base32().substring(0, 8));

      manager.close();
      // close() does not wait for ever for the manager's thread.
      while (indicator.health().getStatus().equals(Status.UP)) {
        LockSupport.parkNanos(10_000_000);
      }
      assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
    }
  }

  @Test
  void aRouterThatIsNotThereYetIsNoFaultOfTheApplication() throws Exception {
    CountDownLatch refused = new CountDownLatch(1);
    // A port that is taken, and on which nobody listens.
    try (Socket nobody = new Socket()) {
      nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      StreamManager manager =
          StreamManager.builder()
              .router(new TcpRouterAddress("127.0.0.1", nobody.getLocalPort()))
              .build();
      manager.addListener(
          new StreamManagerListener() {
            @Override
            public void sessionChanged(SessionState state) {
              if (state.detail().contains("cannot connect")) {
                refused.countDown();
              }
            }
          });
      manager.start();
      assertThat(refused.await(1, TimeUnit.MINUTES)).isTrue();
      var health = new StreamManagerHealthIndicator(manager, null, PATIENCE).health();
      assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
      assertThat(health.getDetails().get("detail").toString()).contains("cannot connect");
      assertThat(health.getDetails()).containsEntry("waitsFor", "router");
      var impatient = new StreamManagerHealthIndicator(manager, null, Duration.ZERO).health();
      assertThat(impatient.getStatus()).isEqualTo(Status.DOWN);
      manager.close();
    }
  }
}
