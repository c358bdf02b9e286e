package io.i2pstreaming.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.StreamingOptions;
import io.i2pstreaming.embedded.NetworkConditions;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.link.RouterLink;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A1 A17 A18 A20 the ways to connect")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ConnectTest {
  private static final byte[] REQUEST = {1, 2, 3, 4, 5};

  private World world;

  @BeforeEach
  void open() throws Exception {
    world = new World(NetworkConditions.perfect(), false);
  }

  @AfterEach
  void close() {
    world.close();
  }

  /** The SYN waits for data for a minute: what a test sees before that, the data have caused. */
  private static StreamingOptions patient() {
    return StreamingOptions.builder()
        .set("connectDelay", "1m")
        .set("connectTimeout", "2m")
        .set("initialRTO", "200ms")
        .build();
  }

  private void answersAreLost(boolean lost) {
    NetworkConditions perfect = NetworkConditions.perfect();
    NetworkConditions deaf =
        new NetworkConditions(
            perfect.latency(), perfect.jitter(), 1, 0, 0, 0, 0, 0, perfect.queueBytes());
    world.router.conditions(
        world.server.destination(), world.client.destination(), lost ? deaf : null);
  }

  @Test
  @DisplayName("A1 with a connect delay the first bytes travel in the SYN")
  void theFirstBytesTravelInTheSyn() throws Exception {
    answersAreLost(true);
    try (I2PSocket socket = world.client.connect(world.target(), patient())) {
      OutputStream out = socket.getOutputStream();
      out.write(REQUEST);
      out.flush();
      I2PSocket accepted = world.listener.accept();
      assertThat(accepted.getInputStream().readNBytes(REQUEST.length)).isEqualTo(REQUEST);
      answersAreLost(false);
      accepted.getOutputStream().write(REQUEST);
      accepted.close();
      assertThat(socket.getInputStream().readAllBytes()).isEqualTo(REQUEST);
    }
  }

  @Test
  @DisplayName("A1 with a connect delay, what was written before the answer outlives close")
  void closingBeforeTheAnswerLosesNothing() throws Exception {
    try (I2PSocket socket = world.client.connect(world.target(), patient())) {
      socket.getOutputStream().write(REQUEST);
    }
    I2PSocket accepted = world.listener.accept();
    assertThat(accepted.getInputStream().readAllBytes()).isEqualTo(REQUEST);
  }

  @Test
  @DisplayName("A1 with a connect delay, a refusal is what the first read says")
  void aRefusalIsReadLater() throws Exception {
    I2PAddress deaf = I2PAddress.of(world.server.destination(), 98);
    try (I2PSocket socket = world.client.connect(deaf, patient())) {
      socket.getOutputStream().write(REQUEST);
      socket.getOutputStream().flush();
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(StreamingException.Refused.class);
    }
  }

  @Test
  @DisplayName("A18 cancelling the future gives the attempt up")
  void cancellingGivesTheAttemptUp() throws Exception {
    answersAreLost(true);
    CompletableFuture<I2PSocket> attempt = world.client.connectAsync(world.target());
    world.listener.accept();
    assertThat(attempt.cancel(false)).isTrue();
    World.await("the attempt is gone", () -> world.client.stats().failedConnects() == 1);
    answersAreLost(false);
    assertThat(world.client.streams()).isEmpty();
  }

  @Test
  @DisplayName("A20 many who ask for one name at once share the router's answer")
  void manyAskForOneNameAtOnce() throws Exception {
    String name = world.server.destination().base32();
    List<CompletableFuture<Destination>> lookups = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      lookups.add(world.client.lookup(name));
    }
    for (CompletableFuture<Destination> lookup : lookups) {
      assertThat(lookup.get(1, TimeUnit.MINUTES)).isEqualTo(world.server.destination());
    }
  }

  @Test
  @DisplayName("B1 a link that opens after its manager was closed is closed, too")
  void aLateLinkIsClosed() throws Exception {
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch mayOpen = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    RouterLink slow =
        new RouterLink() {
          @Override
          public void open(Receiver receiver) {
            opening.countDown();
            boolean interrupted = false;
            while (mayOpen.getCount() > 0) {
              try {
                mayOpen.await();
              } catch (InterruptedException e) {
                interrupted = true;
              }
            }
            if (interrupted) {
              Thread.currentThread().interrupt();
            }
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {}

          @Override
          public void close() {
            closed.countDown();
          }
        };
    StreamManager manager =
        StreamManager.builder()
            .router(
                new RouterAddress() {
                  @Override
                  public RouterLink newLink() {
                    return slow;
                  }

                  @Override
                  public String describe() {
                    return "slow";
                  }

                  @Override
                  public boolean anonymous() {
                    return false;
                  }
                })
            .build();
    manager.start();
    assertThat(opening.await(1, TimeUnit.MINUTES)).isTrue();
    manager.close();
    mayOpen.countDown();
    assertThat(closed.await(1, TimeUnit.MINUTES)).isTrue();
  }
}
