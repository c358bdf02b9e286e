package io.i2pstreaming.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.ManagerStats;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.connection.ConnectionStats;
import io.i2pstreaming.embedded.NetworkConditions;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.SigningKeyType;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A19 delivery statistics, as a router reports them")
@Timeout(300)
class DeliveryStatisticsTest {
  private static final int BYTES = 300_000;

  private static long answered(ManagerStats stats) {
    return stats.messagesDelivered() + stats.messagesFailed() + stats.messagesExpired();
  }

  @Test
  void everyQuestionIsAnsweredAndDeliveriesAreTimed() throws Exception {
    NetworkConditions lossy =
        new NetworkConditions(Duration.ofMillis(10), Duration.ZERO, 0.1, 0, 0, 0, 0, 0, 1 << 20);
    try (World world = new World(lossy, false)) {
      world.echo();
      try (I2PSocket socket = world.connect()) {
        World.send(socket.getOutputStream(), BYTES, 1);
        World.receive(socket.getInputStream(), BYTES);
        World.await("something was sent again", () -> world.client.stats().messagesRetried() > 0);
        ConnectionStats stream = socket.stats().connection();
        assertThat(stream.smoothedRttNanos()).isPositive();
        assertThat(stream.rttVarianceNanos()).isNotNegative();
        assertThat(stream.rtoNanos()).isGreaterThan(stream.smoothedRttNanos());
        assertThat(stream.windowPackets()).isPositive();
        assertThat(stream.bytesSent()).isEqualTo(BYTES);
        assertThat(stream.bytesReceived()).isEqualTo(BYTES);
      }
      I2PAddress nobody =
          I2PAddress.of(
              DestinationKeys.generate(SigningKeyType.EDDSA_SHA512_ED25519, new SecureRandom())
                  .destination(),
              0);
      assertThatThrownBy(() -> world.client.connect(nobody)).isInstanceOf(StreamingException.class);
      World.await(
          "every report",
          () -> answered(world.client.stats()) == world.client.stats().messagesAsked());

      ManagerStats stats = world.client.stats();
      assertThat(stats.messagesDelivered()).isPositive();
      assertThat(stats.messagesFailed()).as("nobody is there").isPositive();
      assertThat(stats.messagesRetried())
          .isEqualTo(stats.timeoutRetransmissions() + stats.fastRetransmissions());
      assertThat(stats.lastDeliveryNanos()).isPositive();
      assertThat(stats.averageDeliveryNanos())
          .isEqualTo(stats.deliveryNanos() / stats.messagesDelivered());
    }
  }
}
