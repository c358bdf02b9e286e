package io.i2pstreaming.endpoint;

import static io.i2pstreaming.endpoint.EndpointKit.MILLIS;
import static io.i2pstreaming.endpoint.EndpointKit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.StreamPorts;
import io.i2pstreaming.endpoint.Outbox.Sent;
import io.i2pstreaming.identity.Destination;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A hostile peer that knows the format, has seen real packets and may sign what it likes. */
@DisplayName("A3 A11 garbage into an endpoint")
class EndpointGarbageTest {
  private static final int PACKETS = 100_000;

  private final Party us = new Party();
  private final Party peer = new Party();
  private final StreamingEndpoint endpoint = EndpointKit.endpoint(us.keys, 1);
  private final StreamingEndpoint other = EndpointKit.endpoint(peer.keys, 2);
  private final Outbox outbox = new Outbox();
  private final SplittableRandom random = new SplittableRandom(2026);
  private final List<byte[]> templates = new ArrayList<>();
  private final List<App> apps = new ArrayList<>();
  private long now;

  private void listen(StreamingEndpoint on) {
    on.listen(
        0,
        new StreamAcceptor() {
          @Override
          public StreamPorts accept(Destination from, int localPort, int remotePort) {
            App app = new App();
            app.write("y".repeat(9000));
            app.finish();
            apps.add(app);
            return app.ports();
          }

          @Override
          public void accepted(StreamPorts ports, Connection connection) {
            ((App) ports.source()).connection = connection;
          }
        });
  }

  /** A real conversation, of which every packet to us is kept as a template. */
  private App talk() {
    App app = new App();
    app.connection = EndpointKit.dial(endpoint, now, peer.destination(), 1, 2, app.ports());
    app.write("x".repeat(5000));
    endpoint.onWritten(now, app.connection);
    for (int i = 0; i < 40; i++) {
      now += 50 * MILLIS;
      endpoint.onTimer(now);
      other.onTimer(now);
      for (Sent sent : outbox.drain(endpoint, now)) {
        if (sent.to.equals(peer.destination())) {
          other.onDatagram(now, 1, 2, sent.bytes, 0, sent.bytes.length);
        }
      }
      for (Sent sent : outbox.drain(other, now)) {
        templates.add(sent.bytes);
        endpoint.onDatagram(now, 2, 1, sent.bytes, 0, sent.bytes.length);
      }
    }
    return app;
  }

  private byte[] garbage() {
    if (random.nextInt(5) == 0) {
      byte[] noise = new byte[random.nextInt(600)];
      random.nextBytes(noise);
      return noise;
    }
    byte[] packet = templates.get(random.nextInt(templates.size())).clone();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(random.nextBoolean() ? Math.min(64, packet.length) : packet.length);
      packet[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : packet[at] ^ 1);
    }
    int cut = random.nextInt(6) == 0 ? random.nextInt(packet.length + 1) : packet.length;
    return java.util.Arrays.copyOf(packet, cut);
  }

  @Test
  void costsCountersAndNothingElse() {
    listen(endpoint);
    listen(other);
    App living = talk();
    assertThat(living.connected).isTrue();
    templates.add(peer.syn(us.destination(), 4711, new byte[100]));
    templates.add(peer.oldSyn(4712));
    templates.add(peer.ping(4713, new byte[32]));
    templates.add(peer.barePong(4714));
    templates.add(peer.data(0, 4711, 1, new byte[100]));
    templates.add(peer.reset(living.connection.receiveStreamId(), 1));
    assertThat(templates).hasSizeGreaterThan(10);
    for (int i = 0; i < PACKETS; i++) {
      byte[] packet = garbage();
      now += random.nextInt(3) == 0 ? MILLIS : 0;
      endpoint.onDatagram(now, random.nextInt(65_536), 1, packet, 0, packet.length);
      if (endpoint.nextDeadline() <= now) {
        endpoint.onTimer(now);
      }
      while (endpoint.hasOutput()) {
        endpoint.emit(now, outbox, 64);
      }
      outbox.packets.clear();
    }
    EndpointStats stats = endpoint.stats();
    assertThat(stats.packetsReceived()).isGreaterThanOrEqualTo(PACKETS);
    assertThat(stats.malformed()).isGreaterThan(PACKETS / 10);
    assertThat(stats.badSignature()).isGreaterThan(100);
    assertThat(stats.unknownStream()).isGreaterThan(1000);
    everythingEnds();
    App again = talk();
    assertThat(again.connected).as("a new stream after all that").isTrue();
  }

  private void everythingEnds() {
    long until = now + 2_000 * SECONDS;
    for (App app : apps) {
      app.finish();
      endpoint.onWritten(now, app.connection);
    }
    while (endpoint.nextDeadline() < until) {
      now = Math.max(now, endpoint.nextDeadline());
      endpoint.onTimer(now);
      outbox.drain(endpoint, now);
    }
    EndpointStats stats = endpoint.stats();
    assertThat(stats.connections()).isZero();
    assertThat(stats.parkedPackets()).isZero();
    assertThat(stats.pendingPings()).isZero();
    assertThat(stats.recentlyClosed()).isZero();
    assertThat(endpoint.nextDeadline()).isEqualTo(Connection.NEVER);
    assertThat(endpoint.totals().activeIncoming()).isZero();
    assertThat(endpoint.totals().activeOutgoing()).isZero();
  }
}
