package io.i2pstreaming.endpoint;

import static io.i2pstreaming.endpoint.EndpointKit.CONNECTIONS;
import static io.i2pstreaming.endpoint.EndpointKit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.connection.CloseReason;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A1 stream ids")
class StreamIdTest {
  private final Party us = new Party();
  private final Party peer = new Party();
  private final Queue<Integer> drawn = new ArrayDeque<>();
  private final RandomGenerator random = () -> (long) drawn.remove() << 32;
  private final StreamingEndpoint endpoint =
      new StreamingEndpoint(new EndpointConfig(CONNECTIONS, true), us.keys, random);
  private final Outbox outbox = new Outbox();

  private App dial(long now, Integer... draws) {
    drawn.addAll(List.of(draws));
    App app = new App();
    app.connection = EndpointKit.dial(endpoint, now, peer.destination(), 1, 2, app.ports());
    assertThat(drawn).as("all of them were needed").isEmpty();
    return app;
  }

  @Test
  void areNeitherZeroNorAllOnesNorThoseOfAnOpenStreamOrPing() {
    assertThat(dial(0, 0, -1, 7).connection.receiveStreamId()).isEqualTo(7);
    assertThat(dial(0, 7, 8).connection.receiveStreamId()).isEqualTo(8);
    drawn.addAll(List.of(8, 9));
    endpoint.ping(0, peer.destination(), 1, 2, new byte[0], SECONDS, new Silence());
    assertThat(dial(0, 7, 8, 9, 10).connection.receiveStreamId()).isEqualTo(10);
  }

  @Test
  void areNotThoseOfAStreamThatEndedJustNow() {
    App app = dial(0, 7);
    outbox.drain(endpoint, 0);
    endpoint.abort(0, app.connection, CloseReason.RESET_LOCALLY);
    outbox.drain(endpoint, 0);
    assertThat(endpoint.stats().connections()).isZero();
    assertThat(dial(0, 7, 8).connection.receiveStreamId()).isEqualTo(8);
    long forgotten = 1_000 * SECONDS;
    endpoint.onTimer(forgotten);
    assertThat(dial(forgotten, 7).connection.receiveStreamId()).isEqualTo(7);
  }

  private static final class Silence implements PingListener {
    @Override
    public void pong(long rttNanos, byte[] payload) {}

    @Override
    public void timedOut() {}
  }
}
