package io.i2pstreaming.test.echo;

import static io.i2pstreaming.test.I2PAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.embedded.NetworkConditions;
import io.i2pstreaming.test.I2PStreamingTest;
import io.i2pstreaming.test.I2PTestNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.unit.DataSize;

@DisplayName("D9 test slice, network and assertions")
@I2PStreamingTest(seed = 7, latency = "2ms", jitter = "1ms")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class I2PStreamingTestSliceTest {
  private static final NetworkConditions CONFIGURED =
      NetworkConditions.perfect().withLatency(Duration.ofMillis(2), Duration.ofMillis(1));

  @Autowired private I2PTestNetwork network;
  @Autowired private StreamManager manager;

  @Test
  @Order(1)
  void aPeerTalksToAListenerThroughABadNetwork() throws Exception {
    assertThat(network.conditions()).isEqualTo(CONFIGURED);
    network.loss(0.1);
    network.duplication(0.1);
    network.reordering(0.1);
    assertThat(manager).isUp();
    byte[] body = new byte[200_000];
    new Random(7).nextBytes(body);
    StreamManager peer = network.peer();
    try (I2PSocket socket = dial(peer, 7)) {
      socket.getOutputStream().write(body);
      socket.shutdownOutput();
      assertThat(socket).isConnectedTo(manager.destination()).receives(body).receivesEnd();
    }
    assertThat(network).hasLostMessages().hasDuplicatedMessages().hasReorderedMessages();
    assertThat(peer).hasRetransmitted();
  }

  @Test
  @Order(2)
  void theNextMethodHasTheNetworkOfTheBeginning() throws Exception {
    assertThat(network.conditions()).isEqualTo(CONFIGURED);
    assertThat(network.peer().name()).isEqualTo("peer-0");
  }

  @Test
  void everyConditionCanBeChangedByItself() {
    network.loss(0.25);
    network.latency(Duration.ofMillis(9));
    network.jitter(Duration.ofMillis(3));
    network.duplication(0.125);
    network.reordering(0.5);
    network.bandwidth(DataSize.ofKilobytes(64));
    NetworkConditions now = network.conditions();
    assertThat(now)
        .isEqualTo(
            NetworkConditions.perfect()
                .withLatency(Duration.ofMillis(9), Duration.ofMillis(3))
                .withLoss(0.25, 0)
                .withFaults(0.125, 0.5, 0)
                .withBandwidth(65_536, now.queueBytes()));
    network.cut();
    assertThat(network.conditions().loss()).isEqualTo(1);
    network.reset();
    assertThat(network.conditions()).isEqualTo(CONFIGURED);
  }

  @Test
  void onlyComponentsOfTheI2PSideAreThere(@Autowired ConfigurableApplicationContext context) {
    assertThat(context.getBeansOfType(Echo.class)).hasSize(1);
    assertThat(context.getBeansOfType(Lines.class)).hasSize(1);
    assertThat(manager.name()).as("shaped by a customizer").isEqualTo(ShortPatience.NAME);
    assertThat(context.getBeansOfType(Unrelated.class)).isEmpty();
  }

  @Test
  void theConfigurationOfTheApplicationLeadsNowhere(
      @Autowired EmbeddedRouter router, @Autowired ConfigurableApplicationContext context) {
    assertThat(router.port()).as("no port").isEqualTo(-1);
    assertThat(router.conditions().loss()).isZero();
    assertThat(context.getEnvironment().getProperty("i2p.router.host")).isEqualTo("127.0.0.1");
    assertThat(Path.of("target/touched")).as("no key, no trace").doesNotExist();
  }

  @Test
  void aContextThatWasPausedGoesOn(@Autowired ConfigurableApplicationContext context)
      throws Exception {
    // As Spring does with the contexts that it keeps for later test classes.
    context.stop();
    context.start();
    assertThat(manager).isUp();
    try (I2PSocket socket = dial(network.peer(), 8)) {
      say(socket, "ping\n");
      assertThat(socket).receivesLine("pong");
    }
  }

  @Test
  void failedAssertionsSayWhy() throws Exception {
    StreamManager peer = network.peer();
    try (I2PSocket socket = dial(peer, 7)) {
      say(socket, "abc");
      assertThat(peer).hasOpenStreams(1).hasRefused(0);
      fails("to have 2 open streams, but it has 1", () -> assertThat(peer).hasOpenStreams(2));
      fails("to have refused 5 streams", () -> assertThat(peer).hasRefused(5));
      fails("Expected <axc>, but <abc> came", () -> assertThat(socket).receives("axc"));
      say(socket, "abc");
      byte[] other = {'a', 'x', 'c'};
      fails("byte 1 is the first that differs", () -> assertThat(socket).receives(other));
      say(socket, "line\r\nmore");
      socket.shutdownOutput();
      fails("Expected the line <other>", () -> assertThat(socket).receivesLine("other"));
      fails("there is more to read", () -> assertThat(socket).receivesEnd());
      fails("came to its end", () -> assertThat(socket).receivesReset());
      fails("to lead to", () -> assertThat(socket).isConnectedTo(peer.destination()));
    }
    try (I2PSocket socket = dial(peer, 8)) {
      say(socket, "ping\n");
      assertThat(socket).receivesLine("pong");
      try {
        say(socket, "nonsense\n");
      } catch (StreamingException.Reset e) {
        // The reset may come before the flush has ended.
      }
      assertThat(socket).receivesReset();
    }
    try (I2PTestNetwork quiet = I2PTestNetwork.start(1, NetworkConditions.perfect())) {
      fails("to have lost messages", () -> assertThat(quiet).hasLostMessages());
      StreamManager idle = StreamManager.builder().router(quiet.router()).build();
      assertThat(idle).hasNotRetransmitted();
      fails("NEW", () -> assertThat(idle).isUp());
      fails("to have sent packets again", () -> assertThat(idle).hasRetransmitted());
      idle.close();
    }
  }

  private I2PSocket dial(StreamManager peer, int port) throws IOException {
    return peer.connect(I2PAddress.of(manager.destination(), port));
  }

  private static void say(I2PSocket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  private static void fails(String why, Runnable assertion) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(assertion::run)
        .withMessageContaining(why);
  }
}
