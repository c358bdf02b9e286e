package io.i2pstreaming.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.SessionState;
import io.i2pstreaming.SessionState.Phase;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamManagerListener;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.StreamingOptions;
import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.embedded.NetworkConditions;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.link.TcpRouterAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("B3 a router that goes away and comes back")
@Timeout(600)
class RouterRestartTest {
  private final List<Phase> phases = new CopyOnWriteArrayList<>();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void streamsFailAndTheSessionReturnsWithTheSameDestination(boolean tcp) throws Exception {
    try (World world = new World(NetworkConditions.perfect(), tcp)) {
      world.client.addListener(
          new StreamManagerListener() {
            @Override
            public void sessionChanged(SessionState state) {
              // Each failed attempt is told, too, with a reason of its own.
              if (phases.isEmpty() || phases.get(phases.size() - 1) != state.phase()) {
                phases.add(state.phase());
              }
            }
          });
      Destination before = world.client.destination();
      I2PSocket dialled = world.connect();
      I2PSocket accepted = world.listener.accept();
      Future<byte[]> endless =
          world.run(() -> World.send(dialled.getOutputStream(), Long.MAX_VALUE / 2, 1));
      Future<byte[]> reader =
          world.run(() -> World.receive(accepted.getInputStream(), Long.MAX_VALUE / 2));
      World.await("bytes flow", () -> accepted.stats().connection().bytesReceived() > 100_000);

      world.router.close();
      for (Future<byte[]> broken : List.of(endless, reader)) {
        assertThat(broken)
            .failsWithin(Duration.ofMinutes(2))
            .withThrowableThat()
            .withCauseInstanceOf(StreamingException.RouterLost.class)
            .withMessageContaining("session with the router was lost");
      }
      World.await("the loss is known", () -> world.client.state().phase() == Phase.DOWN);
      assertThat(world.client.state().detail()).isNotBlank();
      assertThat(world.client.streams()).isEmpty();
      Future<I2PSocket> waiting = world.run(world::connect);

      world.router.start();
      try (I2PSocket again = waiting.get(3, TimeUnit.MINUTES);
          I2PSocket acceptedAgain = world.listener.accept()) {
        again.getOutputStream().write(42);
        again.getOutputStream().flush();
        assertThat(acceptedAgain.getInputStream().read()).isEqualTo(42);
        assertThat(acceptedAgain.remoteDestination()).isEqualTo(before);
      }
      assertThat(world.client.state().reconnects()).isEqualTo(1);
      assertThat(phases).containsExactly(Phase.DOWN, Phase.UP);
    }
  }

  @Test
  void anotherRouterTakesOverWhenTheFirstStaysAway() throws Exception {
    EmbeddedRouter second = EmbeddedRouter.builder().port(0).build();
    try (World world = new World(NetworkConditions.perfect(), true)) {
      second.start();
      List<RouterAddress> routers =
          List.of(
              new TcpRouterAddress("127.0.0.1", world.router.port()),
              new TcpRouterAddress("127.0.0.1", second.port()));
      try (StreamManager manager = StreamManager.builder().routers(routers).build()) {
        manager.start();
        assertThat(manager.awaitUp(Duration.ofMinutes(3))).isTrue();
        second.close();
        second.start();
        assertThat(manager.state().phase()).as("it is the first one's client").isEqualTo(Phase.UP);
        assertThat(manager.state().reconnects()).isZero();

        world.router.close();
        World.await("the other router's session", () -> manager.state().reconnects() == 1);
        assertThat(manager.state().phase()).isEqualTo(Phase.UP);

        second.close();
        World.await(
            "none is left",
            () -> manager.state().detail().startsWith(routers.get(1).describe() + ": cannot"));
        world.router.start();
        World.await("the first one is back", () -> manager.state().reconnects() == 2);
      }
    } finally {
      second.close();
    }
  }

  @Test
  void theEmbeddedRouterNeverStandsInForAnother() {
    TcpRouterAddress anonymous = new TcpRouterAddress("127.0.0.1", 7654);
    try (EmbeddedRouter embedded = EmbeddedRouter.builder().build()) {
      for (List<RouterAddress> routers :
          List.of(List.of(anonymous, embedded), List.<RouterAddress>of(embedded, anonymous))) {
        assertThatThrownBy(() -> StreamManager.builder().routers(routers))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("no anonymity");
      }
    }
    assertThatThrownBy(() -> StreamManager.builder().routers(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aConnectWithoutASessionSaysSoAfterItsTimeout() throws Exception {
    try (World world = new World(NetworkConditions.perfect(), false)) {
      world.router.close();
      World.await("the loss is known", () -> world.client.state().phase() == Phase.DOWN);
      StreamingOptions hasty = StreamingOptions.builder().set("connectTimeout", "300ms").build();

      assertThatThrownBy(() -> world.client.connect(world.target(), hasty))
          .isInstanceOf(StreamingException.RouterLost.class)
          .hasMessageContaining("router");
      assertThatThrownBy(() -> world.client.ping(world.target(), Duration.ofMillis(300)))
          .isInstanceOf(StreamingException.RouterLost.class);
    }
  }

  @Test
  void aRouterThatIsNotThereYetIsWaitedFor() throws Exception {
    try (World world = new World(NetworkConditions.perfect(), true)) {
      int port = world.router.port();
      world.router.close();
      try (StreamManager early =
          StreamManager.builder().router(new TcpRouterAddress("127.0.0.1", port)).build()) {
        early.start();
        World.await(
            "the first attempt failed", () -> early.state().detail().contains("cannot connect"));
        assertThat(early.state().phase()).isEqualTo(Phase.STARTING);
        assertThat(early.awaitUp(Duration.ofMillis(1))).isFalse();
        world.router.start();
        assertThat(early.awaitUp(Duration.ofMinutes(3))).isTrue();
        assertThat(early.state().reconnects()).isZero();
      }
      assertThat(world.router.port()).isEqualTo(port);
    }
  }

  @Test
  void aDestinationMovesToANewManagerAfterClose() throws Exception {
    try (World world = new World(NetworkConditions.perfect(), false)) {
      io.i2pstreaming.identity.DestinationKeys keys =
          io.i2pstreaming.identity.DestinationKeys.generate(
              io.i2pstreaming.identity.SigningKeyType.EDDSA_SHA512_ED25519,
              new java.security.SecureRandom());
      for (int i = 0; i < 5; i++) {
        try (StreamManager one =
            StreamManager.builder()
                .router(world.router)
                .keys(keys)
                .sessionOptions(Map.of("inbound.length", "0"))
                .build()) {
          one.start();
          assertThat(one.awaitUp(Duration.ofMinutes(3))).isTrue();
          assertThat(one.destination()).isEqualTo(keys.destination());
        }
      }
    }
  }
}
