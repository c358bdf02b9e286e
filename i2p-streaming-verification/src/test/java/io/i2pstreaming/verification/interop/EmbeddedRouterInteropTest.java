package io.i2pstreaming.verification.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.embedded.NetworkConditions;
import io.i2pstreaming.link.RouterAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** We are inside the process, the reference comes by TCP. */
@DisplayName("C1 with the reference library through the embedded router's TCP port")
class EmbeddedRouterInteropTest extends ReferenceExchanges {
  private static final Duration LOSSY_DEADLINE = Duration.ofMinutes(8);
  private static final int CONNECTS = 20;
  private static final int PING_TRIES = 5;
  private static final Duration PING_WAIT = Duration.ofSeconds(10);

  private EmbeddedRouter router;

  @Override
  RouterAddress startRouter() throws Exception {
    router = EmbeddedRouter.builder().seed(3).port(0).build();
    router.start();
    return router;
  }

  @Override
  int i2cpPort() {
    return router.port();
  }

  @Override
  void stopRouter() {
    if (router != null) {
      router.close();
    }
  }

  @AfterEach
  void heal() {
    router.conditions(NetworkConditions.perfect());
  }

  @Test
  @DisplayName("A5 at 3 % loss we send it 16 MiB")
  void weSendThroughLoss() {
    loseThreePercent();
    assertSink(ours, reference, BYTES, LOSSY_DEADLINE);
    assertThat(router.stats().lost()).isPositive();
  }

  @Test
  @DisplayName("A5 at 3 % loss it sends us 2 MiB")
  void itSendsThroughLoss() {
    loseThreePercent();
    assertSink(reference, ours, 2 << 20, LOSSY_DEADLINE);
    assertThat(router.stats().lost()).isPositive();
  }

  @Test
  @DisplayName("A1 at 3 % loss we connect 20 times")
  void weConnectThroughLoss() throws Exception {
    loseThreePercent();
    assertConnected(ours, reference);
  }

  @Test
  @DisplayName("A1 at 3 % loss it connects 20 times; each SYN lost costs it 9 s")
  void itConnectsThroughLoss() throws Exception {
    loseThreePercent();
    assertConnected(reference, ours);
  }

  @Test
  @DisplayName("A10 at 3 % loss a pong comes back within 5 pings, both ways")
  void pingsThroughLoss() {
    loseThreePercent();
    assertThat(answeredWithin(ours, reference)).isTrue();
    assertThat(answeredWithin(reference, ours)).isTrue();
  }

  private void loseThreePercent() {
    router.conditions(
        new NetworkConditions(Duration.ofMillis(5), Duration.ZERO, 0.03, 0, 0, 0, 0, 0, 1 << 20));
  }

  private static void assertConnected(Peer dialler, Peer server) throws Exception {
    List<Report> reports =
        dialler.dialMany(
            CONNECTS, 10, Exchange.CONNECT, server.destination(), 11, 0, LOSSY_DEADLINE);
    assertThat(reports).allSatisfy(report -> assertThat(report.failure()).isEmpty());
    server.servedMany(CONNECTS, 11, LOSSY_DEADLINE);
  }

  private static boolean answeredWithin(Peer dialler, Peer server) {
    for (int i = 0; i < PING_TRIES; i++) {
      if (dialler.ping(server.destination(), 7, PING_WAIT) >= 0) {
        return true;
      }
    }
    return false;
  }
}
