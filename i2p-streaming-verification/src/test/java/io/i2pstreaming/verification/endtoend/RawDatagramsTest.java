package io.i2pstreaming.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.RawDatagrams;
import io.i2pstreaming.embedded.NetworkConditions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B6 datagrams beside streams on the same destination")
class RawDatagramsTest {
  private static final RawDatagrams.Handler IGNORE = (protocol, fromPort, toPort, payload) -> {};

  private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private World world;

  @BeforeEach
  void start() throws Exception {
    world = new World(NetworkConditions.perfect(), false);
    world.echo();
  }

  @AfterEach
  void stop() {
    world.close();
    threads.shutdownNow();
  }

  private void hear(int protocol, int fromPort, int toPort, byte[] payload) {
    heard.add(protocol + " " + fromPort + " " + toPort + " " + Arrays.toString(payload));
  }

  @Test
  void passEachOtherBy() throws Exception {
    RawDatagrams receiving = world.server.rawDatagrams(this::hear, threads);
    RawDatagrams sending = world.client.rawDatagrams(IGNORE, threads);
    try (I2PSocket stream = world.connect()) {
      Future<byte[]> sent = world.run(() -> World.send(stream.getOutputStream(), 1 << 20, 1));
      for (int protocol : new int[] {17, 18, 19, 20, 0, 254}) {
        byte[] payload = {(byte) protocol};
        assertThat(sending.send(world.server.destination(), protocol, 1, World.PORT, payload))
            .isTrue();
      }
      assertThat(World.receive(stream.getInputStream(), 1 << 20)).isEqualTo(sent.get());
    }
    World.await("six datagrams", () -> heard.size() == 6);
    assertThat(heard)
        .containsExactlyInAnyOrder(
            "17 1 7 [17]",
            "18 1 7 [18]",
            "19 1 7 [19]",
            "20 1 7 [20]",
            "0 1 7 [0]",
            "254 1 7 [-2]");
    assertThat(receiving.totals()).isEqualTo(new RawDatagrams.Totals(6, 0, 0, 0, 0));
    World.await("six sent", () -> sending.totals().sent() == 6);
  }

  @Test
  void ofTheLargestSizeArrive() {
    AtomicInteger length = new AtomicInteger();
    world.server.rawDatagrams((p, f, t, payload) -> length.set(payload.length), threads);
    RawDatagrams sending = world.client.rawDatagrams(IGNORE, threads);
    assertThat(
            sending.send(world.server.destination(), 18, 0, 0, new byte[RawDatagrams.MAX_PAYLOAD]))
        .isTrue();
    World.await("it", () -> length.get() == RawDatagrams.MAX_PAYLOAD);
  }

  @Test
  void aHandlerThatStopsOrThrowsCostsDatagramsOnly() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    RawDatagrams receiving =
        world.server.rawDatagrams(
            (protocol, fromPort, toPort, payload) -> {
              try {
                goOn.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              throw new IllegalStateException("on purpose");
            },
            threads);
    RawDatagrams sending = world.client.rawDatagrams(IGNORE, threads);
    for (int i = 0; i < 300; i++) {
      assertThat(sending.send(world.server.destination(), 18, 0, 0, new byte[1])).isTrue();
    }
    World.await("all sent", () -> sending.totals().sent() == 300);
    World.await("the overflow", () -> receiving.totals().dropped() >= 300 - 256 - 1);
    try (I2PSocket stream = world.connect()) {
      stream.getOutputStream().write(1);
      stream.getOutputStream().flush();
      assertThat(stream.getInputStream().read()).isEqualTo(1);
    }
    goOn.countDown();
    World.await(
        "all the others",
        () -> {
          RawDatagrams.Totals totals = receiving.totals();
          return totals.failed() + totals.dropped() == 300 && totals.failed() >= 256;
        });
  }

  @Test
  void withoutAHandlerAreCountedAsDropped() {
    RawDatagrams sending = world.client.rawDatagrams(IGNORE, threads);
    long before = world.server.stats().packetsDropped();
    sending.send(world.server.destination(), 18, 0, 0, new byte[1]);
    World.await("the count", () -> world.server.stats().packetsDropped() == before + 1);
  }

  @Test
  void takeOneHandlerAtATime() {
    RawDatagrams first = world.server.rawDatagrams(IGNORE, threads);
    assertThatThrownBy(() -> world.server.rawDatagrams(IGNORE, threads))
        .isInstanceOf(IllegalStateException.class);
    first.close();
    first.close();
    assertThat(first.send(world.client.destination(), 18, 0, 0, new byte[1])).isFalse();
    RawDatagrams second = world.server.rawDatagrams(this::hear, threads);
    world
        .client
        .rawDatagrams(IGNORE, threads)
        .send(world.server.destination(), 18, 0, 0, new byte[1]);
    World.await("one more", () -> second.totals().delivered() == 1);
  }

  @Test
  void areRefusedWhereTheyMakeNoSense() {
    RawDatagrams datagrams = world.client.rawDatagrams(IGNORE, threads);
    for (int[] wrong :
        List.of(
            new int[] {6, 0, 0, 1},
            new int[] {-1, 0, 0, 1},
            new int[] {255, 0, 0, 1},
            new int[] {18, -1, 0, 1},
            new int[] {18, 0, 65_536, 1},
            new int[] {18, 0, 0, RawDatagrams.MAX_PAYLOAD + 1})) {
      assertThatThrownBy(
              () ->
                  datagrams.send(
                      world.server.destination(), wrong[0], wrong[1], wrong[2], new byte[wrong[3]]))
          .isInstanceOf(IllegalArgumentException.class);
    }
    world.router.close();
    World.await("no session", () -> !world.client.state().phase().name().equals("UP"));
    datagrams.send(world.server.destination(), 18, 0, 0, new byte[1]);
    World.await("the count", () -> datagrams.totals().notSent() == 1);
  }
}
