package io.i2pstreaming.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.ManagerStats;
import io.i2pstreaming.StreamManagerListener;
import io.i2pstreaming.embedded.NetworkConditions;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A19 traffic by kind, drops by reason, buffers and chokes")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TrafficFiguresTest {
  private static final int BYTES = 300_000;
  private static final int MORE_THAN_A_READER_HOLDS = 2 << 20;

  private static void assertAddsUp(ManagerStats stats) {
    assertThat(stats.sent().total()).isEqualTo(stats.packetsSent());
    assertThat(stats.received().total() + stats.dropped().malformed())
        .isEqualTo(stats.packetsReceived());
  }

  @Test
  void packetsAndDropsAreToldApart() throws Exception {
    NetworkConditions rough =
        NetworkConditions.perfect()
            .withLatency(Duration.ofMillis(10), Duration.ZERO)
            .withLoss(0.1, 0)
            .withFaults(0.1, 0, 0);
    AtomicLong samples = new AtomicLong();
    try (World world = new World(rough, false)) {
      world.client.addListener(
          new StreamManagerListener() {
            @Override
            public void pathSample(long rtoNanos, int windowPackets) {
              if (rtoNanos > 0 && windowPackets > 0) {
                samples.incrementAndGet();
              }
            }
          });
      world.echo();
      try (I2PSocket socket = world.connect()) {
        World.send(socket.getOutputStream(), BYTES, 1);
        World.receive(socket.getInputStream(), BYTES);
      }
      World.await("a CLOSE", () -> world.client.stats().sent().close() > 0);
      World.await("theirs", () -> world.client.stats().received().close() > 0);
      ManagerStats client = world.client.stats();
      ManagerStats server = world.server.stats();
      assertAddsUp(client);
      assertAddsUp(server);
      assertThat(client.sent().syn()).isPositive();
      assertThat(client.received().syn()).isPositive();
      assertThat(client.sent().data()).isGreaterThanOrEqualTo(BYTES / 1812);
      assertThat(server.sent().ack() + client.sent().ack()).isPositive();
      assertThat(client.sent().ping()).isPositive();
      assertThat(client.received().ping()).isPositive();
      assertThat(client.bytesSent()).isEqualTo(BYTES);
      assertThat(client.bytesRetransmitted() + server.bytesRetransmitted()).isPositive();
      assertThat(client.dropped().duplicate() + server.dropped().duplicate()).isPositive();
      assertThat(samples).hasPositiveValue();
    }
  }

  @Test
  void bytesThatNobodyReadAreSeenOnBothSides() throws Exception {
    try (World world = new World(NetworkConditions.perfect(), false);
        I2PSocket socket = world.connect();
        I2PSocket reader = world.listener.accept()) {
      Future<byte[]> sent =
          world.run(() -> World.send(socket.getOutputStream(), MORE_THAN_A_READER_HOLDS, 2));
      World.await("a choke", () -> world.server.stats().chokesSent() > 0);
      World.await("it arrived", () -> world.client.stats().chokesReceived() > 0);
      assertThat(world.server.stats().receiveBufferBytes()).isPositive();
      World.await("more is written", () -> world.client.stats().sendBufferBytes() > 0);

      byte[] received = World.receive(reader.getInputStream(), MORE_THAN_A_READER_HOLDS);
      assertThat(received).isEqualTo(sent.get());
      World.await("all is read", () -> world.server.stats().receiveBufferBytes() == 0);
      World.await("all is acknowledged", () -> world.client.stats().sendBufferBytes() == 0);
      socket.reset();
      World.await("a reset", () -> world.client.stats().sent().reset() > 0);
      World.await("it ended the peer", () -> world.server.stats().activeIncoming() == 0);
      assertThat(world.server.stats().chokesSent()).as("of ended streams too").isPositive();
    }
  }
}
