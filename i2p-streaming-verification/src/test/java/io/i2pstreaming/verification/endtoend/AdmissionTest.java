package io.i2pstreaming.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PServerSocket;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManagerListener;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.StreamingOptions;
import io.i2pstreaming.embedded.NetworkConditions;
import io.i2pstreaming.endpoint.AccessList;
import io.i2pstreaming.endpoint.ConnectionLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A12 A13 lists and limits change while the manager runs")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class AdmissionTest {
  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

  /** Long enough for an answer, had there been one. */
  private static final StreamingOptions BRIEF =
      StreamingOptions.builder().set("connectTimeout", "1500ms").build();

  private World world;
  private I2PSocket open;

  @BeforeEach
  void openOneStream() throws Exception {
    world = new World(NetworkConditions.perfect(), false);
    world.echo();
    open = world.connect();
    assertEchoes(open);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static void assertEchoes(I2PSocket socket) throws IOException {
    socket.getOutputStream().write(HELLO);
    assertThat(socket.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
  }

  private static ConnectionLimits limit(String... namesAndValues) {
    ConnectionLimits limits = ConnectionLimits.NONE;
    for (int i = 0; i < namesAndValues.length; i += 2) {
      limits = limits.with(namesAndValues[i], namesAndValues[i + 1]);
    }
    return limits;
  }

  /** Whoever dials after this has returned meets the new limits, however slow the loop. */
  private void limits(String... namesAndValues) {
    world.server.limits(limit(namesAndValues));
  }

  private void assertServed() throws IOException {
    try (I2PSocket next = world.connect()) {
      assertEchoes(next);
    }
    assertEchoes(open);
  }

  private void assertSilence() throws IOException {
    assertThatExceptionOfType(StreamingException.ConnectTimeout.class)
        .isThrownBy(() -> world.client.connect(world.target(), BRIEF));
    assertThatExceptionOfType(StreamingException.ConnectTimeout.class)
        .isThrownBy(() -> world.client.ping(world.target(), Duration.ofMillis(500)));
    assertEchoes(open);
  }

  @Test
  @DisplayName("A12 whom a list refuses hears nothing; its open stream goes on")
  void listsChange() throws Exception {
    String client = world.client.destination().base32();
    world.server.accessList(AccessList.deny("\n" + client + ";"));
    assertSilence();
    world.server.accessList(AccessList.allow(world.server.destination().base64()));
    assertSilence();
    world.server.accessList(AccessList.allow(client));
    assertServed();
    world.server.blacklist(client);
    assertSilence();
    world.server.blacklist("");
    assertServed();
    assertThat(world.server.stats().rejections().access()).isGreaterThanOrEqualTo(3);
    assertThat(world.server.stats().rejections().pingsAccess()).isEqualTo(3);
    assertThat(world.server.accessList().mode()).isEqualTo(AccessList.Mode.ALLOW);
    assertThat(world.server.blacklist().size()).isZero();
  }

  @Test
  @DisplayName("A13 what a refused dialler hears is what the limit says now")
  void limitsChange() throws Exception {
    limits("maxConcurrentStreams", "1");
    assertThatExceptionOfType(StreamingException.Refused.class).isThrownBy(world::connect);
    limits("maxConcurrentStreams", "1", "limitAction", "Come back later.\\n");
    try (I2PSocket answered = world.connect()) {
      assertThat(answered.getInputStream().readAllBytes())
          .asString()
          .isEqualTo("Come back later.\n");
    }
    limits("maxConcurrentStreams", "1", "limitAction", "http");
    try (I2PSocket answered = world.connect()) {
      assertThat(answered.getInputStream().readAllBytes())
          .asString()
          .startsWith("HTTP/1.1 429 ")
          .contains("Retry-After: 120\r\n");
    }
    limits("maxConcurrentStreams", "1", "limitAction", "drop");
    assertThatExceptionOfType(StreamingException.ConnectTimeout.class)
        .isThrownBy(() -> world.client.connect(world.target(), BRIEF));
    assertThat(world.server.stats().rejections().maxStreams()).isGreaterThanOrEqualTo(4);
    limits("maxConcurrentStreams", "2");
    assertServed();
    limits("maxConnsPerHour", "1");
    assertServed();
    assertThatExceptionOfType(StreamingException.Refused.class).isThrownBy(world::connect);
    assertThat(world.server.stats().rejections().peerRate()).isPositive();
    assertThat(world.server.stats().refused())
        .isEqualTo(world.server.stats().rejections().streams());
    limits();
    assertServed();
  }

  @Test
  @DisplayName("A12 A13 a listener has a list and limits of its own, from its first stream on")
  void aListenersRulesAreItsOwn() throws Exception {
    String client = world.client.destination().base32();
    I2PAddress second = I2PAddress.of(world.server.destination(), World.PORT + 1);
    try (I2PServerSocket listener =
        world.server.listen(
            second.port(), AccessList.deny(client), limit("maxConcurrentStreams", "1"))) {
      assertThatExceptionOfType(StreamingException.ConnectTimeout.class)
          .isThrownBy(() -> world.client.connect(second, BRIEF));
      assertServed();

      listener.accessList(AccessList.OFF);
      try (I2PSocket only = world.client.connect(second)) {
        assertThatExceptionOfType(StreamingException.Refused.class)
            .isThrownBy(() -> world.client.connect(second));
        assertServed();
        listener.limits(limit("maxConcurrentStreams", "1", "limitAction", "Later.\\n"));
        try (I2PSocket answered = world.client.connect(second)) {
          assertThat(answered.getInputStream().readAllBytes()).asString().isEqualTo("Later.\n");
        }
        listener.limits(ConnectionLimits.NONE);
        world.client.connect(second).close();
        assertThat(only.isClosed()).isFalse();
      }
      assertThat(world.server.stats().rejections().access()).isGreaterThanOrEqualTo(1);
      assertThat(world.server.stats().rejections().maxStreams()).isGreaterThanOrEqualTo(2);
      assertThat(listener.accessList().mode()).isEqualTo(AccessList.Mode.OFF);
      assertThat(world.server.limits().maxConcurrentStreams()).isZero();
    }
  }

  /** More than the loop does in one turn, and a SYN that waits behind it. */
  @Test
  @DisplayName("A3 whoever dials after listen() returned finds the listener, however busy the loop")
  void listensAtOnce() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    world.server.addListener(
        new StreamManagerListener() {
          @Override
          public void streamClosed(boolean incoming, boolean cleanly, long lifetimeNanos) {
            await(held);
          }
        });
    open.reset();
    World.await("the loop stands still", () -> world.server.streams().isEmpty());
    for (int i = 0; i < 1_000; i++) {
      world.server.accessList(AccessList.OFF);
    }
    I2PAddress second = I2PAddress.of(world.server.destination(), World.PORT + 1);
    try (I2PServerSocket listener = world.server.listen(second.port())) {
      long before = world.client.stats().packetsSent();
      CompletableFuture<I2PSocket> dialled = world.client.connectAsync(second);
      World.await("the SYN has left", () -> world.client.stats().packetsSent() > before);
      held.countDown();
      try (I2PSocket socket = dialled.get(1, TimeUnit.MINUTES);
          I2PSocket accepted = listener.accept()) {
        assertThat(socket.isConnected()).isTrue();
        assertThat(accepted.getLocalPort()).isEqualTo(second.port());
      }
    }
    assertThat(world.server.stats().rejections().noListener()).isZero();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @DisplayName("A13 a dial waits until one of our streams ends, or for its connect timeout")
  void dialsWaitForRoom() throws Exception {
    world.client.limits(limit("maxConcurrentStreams", "1"));
    assertThatExceptionOfType(StreamingException.LimitExceeded.class)
        .isThrownBy(() -> world.client.connect(world.target(), BRIEF))
        .withMessageContaining("maxConcurrentStreams");

    CompletableFuture<I2PSocket> waiting = world.client.connectAsync(world.target());
    CompletableFuture<I2PSocket> givenUp = world.client.connectAsync(world.target());
    CompletableFuture<I2PSocket> last = world.client.connectAsync(world.target());
    assertThat(givenUp.cancel(true)).isTrue();
    assertEchoes(open);
    assertThat(world.client.stats().opened()).isEqualTo(1);
    assertThat(waiting).isNotDone();
    open.close();
    try (I2PSocket next = waiting.get(1, TimeUnit.MINUTES)) {
      assertEchoes(next);
      assertThat(last).isNotDone();
    }
    try (I2PSocket next = last.get(1, TimeUnit.MINUTES)) {
      assertEchoes(next);
    }

    open = world.connect();
    CompletableFuture<I2PSocket> raised = world.client.connectAsync(world.target());
    world.client.stats();
    world.client.limits(ConnectionLimits.NONE);
    try (I2PSocket next = raised.get(1, TimeUnit.MINUTES)) {
      assertEchoes(next);
    }
    assertEchoes(open);
  }

  @Test
  @DisplayName("A13 the end of the session or of the manager ends the wait for room")
  void waitingDialsEndWithTheManager() throws Exception {
    world.client.limits(limit("maxConcurrentStreams", "1"));
    CompletableFuture<I2PSocket> waiting = world.client.connectAsync(world.target());
    world.client.stats();
    assertThat(waiting).isNotDone();
    world.client.close();
    assertThat(waiting)
        .failsWithin(Duration.ofMinutes(1))
        .withThrowableThat()
        .withCauseInstanceOf(StreamingException.Closed.class);
  }
}
