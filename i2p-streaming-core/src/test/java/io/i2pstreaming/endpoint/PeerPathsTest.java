package io.i2pstreaming.endpoint;

import static io.i2pstreaming.endpoint.EndpointKit.MILLIS;
import static io.i2pstreaming.endpoint.EndpointKit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.StreamPorts;
import io.i2pstreaming.endpoint.Outbox.Sent;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.Hash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two endpoints, 100 ms apart, in virtual time; a line of 1 MB/s from the client to the server. */
@DisplayName("A14 control block sharing per peer")
class PeerPathsTest {
  private static final long ONE_WAY = 100 * MILLIS;
  private static final long BYTES_PER_SECOND = 1_000_000;
  private static final String BULK = "x".repeat(1 << 20);
  private static final String PAGE = "x".repeat(64 * 1024);

  private record Arrival(long at, long order, boolean atServer, Sent packet) {}

  private final PriorityQueue<Arrival> network =
      new PriorityQueue<>(Comparator.comparingLong(Arrival::at).thenComparingLong(Arrival::order));
  private final Party us = new Party();
  private final Party them = new Party();
  private final Outbox outbox = new Outbox();
  private final List<App> accepted = new ArrayList<>();
  private StreamingEndpoint client;
  private StreamingEndpoint server;
  private long queueBytes = Long.MAX_VALUE / BYTES_PER_SECOND;
  private long freeAt;
  private long dropped;
  private long order;
  private long now = 1000 * SECONDS;

  private void start(PathSharing sharing) {
    client =
        new StreamingEndpoint(
            new EndpointConfig(EndpointKit.CONNECTIONS, true, AdmissionRules.NONE, sharing),
            us.keys,
            new SplittableRandom(1));
    server = EndpointKit.endpoint(them.keys, 2);
    server.listen(
        0,
        new StreamAcceptor() {
          @Override
          public StreamPorts accept(Destination peer, int localPort, int remotePort) {
            App app = new App();
            accepted.add(app);
            return app.ports();
          }

          @Override
          public void accepted(StreamPorts ports, Connection connection) {
            accepted.get(accepted.size() - 1).connection = connection;
          }
        });
  }

  private App dial() {
    App app = new App();
    StreamPorts ports = app.ports();
    app.connection = EndpointKit.dial(client, now, them.destination(), 0, 0, ports);
    pump();
    return app;
  }

  private void pump() {
    for (Sent packet : outbox.drain(client, now)) {
      long backlog = Math.max(0, freeAt - now);
      if (backlog * BYTES_PER_SECOND / SECONDS + packet.bytes.length > queueBytes) {
        dropped++;
      } else {
        freeAt = now + backlog + packet.bytes.length * SECONDS / BYTES_PER_SECOND;
        network.add(new Arrival(freeAt + ONE_WAY, order++, true, packet));
      }
    }
    for (Sent packet : outbox.drain(server, now)) {
      network.add(new Arrival(now + ONE_WAY, order++, false, packet));
    }
  }

  private void runUntil(BooleanSupplier done) {
    long end = now + 120 * SECONDS;
    while (!done.getAsBoolean()) {
      long timer = Math.min(client.nextDeadline(), server.nextDeadline());
      long arrival = network.isEmpty() ? Long.MAX_VALUE : network.peek().at();
      now = Math.max(now, Math.min(timer, arrival));
      assertThat(now).as("something happens in time").isLessThan(end);
      if (arrival <= timer) {
        Arrival next = network.remove();
        StreamingEndpoint to = next.atServer() ? server : client;
        to.onDatagram(now, 0, 0, next.packet().bytes, 0, next.packet().bytes.length);
      } else {
        client.onTimer(now);
        server.onTimer(now);
      }
      pump();
    }
  }

  /** Sends on an open stream and closes it; returns how long the bytes took. */
  private long send(App app, String text) {
    int stream = accepted.size() - 1;
    long start = now;
    app.write(text);
    client.onWritten(now, app.connection);
    pump();
    runUntil(() -> accepted.get(stream).read().length() == text.length());
    return now - start;
  }

  private App open() {
    App app = dial();
    runUntil(() -> app.connected);
    return app;
  }

  private void close(App app) {
    App peer = accepted.get(accepted.size() - 1);
    app.finish();
    client.onWritten(now, app.connection);
    peer.finish();
    server.onWritten(now, peer.connection);
    pump();
    runUntil(() -> app.closed != null && peer.closed != null);
    runUntil(() -> client.connections().isEmpty());
  }

  private long secondPage(PathSharing sharing) {
    start(sharing);
    App first = open();
    send(first, BULK.substring(0, 500_000));
    close(first);
    return send(open(), PAGE);
  }

  @Test
  void aSecondStreamNeedsFewerRoundTrips() {
    long cold = secondPage(new PathSharing(false, 0.75, 0.75, 0.75));
    accepted.clear();
    freeAt = 0;
    long warm = secondPage(PathSharing.DEFAULT);
    assertThat(cold).as("6, 12 and 19 packets").isBetween(500 * MILLIS, 700 * MILLIS);
    assertThat(warm).as("one flight, spread").isLessThan(250 * MILLIS);
  }

  @Test
  void manyStreamsAtOnceDivideWhatIsRemembered() {
    start(PathSharing.DEFAULT);
    App first = open();
    send(first, BULK.substring(0, 500_000));
    int window = first.connection.stats().windowPackets();
    close(first);
    queueBytes = 64_000;
    List<App> apps = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      apps.add(open());
    }
    int sum = apps.stream().mapToInt(app -> app.connection.stats().windowPackets()).sum();
    int initial = EndpointKit.CONNECTIONS.initialWindowPackets();
    assertThat(window).isGreaterThan(4 * initial);
    assertThat(apps.get(0).connection.stats().windowPackets()).isEqualTo(window / 2);
    assertThat(apps.get(9).connection.stats().windowPackets()).isEqualTo(initial);
    assertThat(sum).isLessThanOrEqualTo(window + 10 * initial);
  }

  @Test
  void tenStreamsAtOnceDoNotOverloadABoundedQueue() {
    long shared = droppedByTen(PathSharing.DEFAULT);
    long cold = droppedByTen(new PathSharing(false, 0.75, 0.75, 0.75));
    System.out.println("ten streams of 64 KiB, queue 64 KB: " + shared + " dropped, cold " + cold);
    assertThat(shared).isLessThanOrEqualTo(cold);
  }

  private long droppedByTen(PathSharing sharing) {
    accepted.clear();
    queueBytes = Long.MAX_VALUE / BYTES_PER_SECOND;
    start(sharing);
    App first = open();
    send(first, BULK.substring(0, 500_000));
    close(first);
    accepted.clear();
    queueBytes = 64_000;
    dropped = 0;
    for (int i = 0; i < 10; i++) {
      App app = new App();
      app.write(PAGE);
      app.connection = EndpointKit.dial(client, now, them.destination(), 0, 0, app.ports());
    }
    pump();
    runUntil(
        () ->
            accepted.size() == 10
                && accepted.stream().allMatch(app -> app.read().length() == PAGE.length()));
    return dropped;
  }

  @Test
  void isForgottenAfterTenMinutesAndBounded() {
    PeerPaths paths = new PeerPaths(PathSharing.DEFAULT);
    start(PathSharing.DEFAULT);
    App app = open();
    send(app, BULK.substring(0, 500_000));
    var stats = app.connection.stats();
    var peer = them.destination().hash();
    paths.begun(now, peer, EndpointKit.CONNECTIONS);
    paths.ended(now, peer, 0, stats);
    long last = now + PeerPaths.KEEP_NANOS - 1;
    assertThat(paths.begun(last, peer, EndpointKit.CONNECTIONS)).isNotNull();
    assertThat(paths.begun(last + 1, peer, EndpointKit.CONNECTIONS)).isNull();
    for (int i = 0; i < 2 * PeerPaths.MAX_PEERS; i++) {
      var other = Hash.of(new byte[] {(byte) i, (byte) (i >> 8)}, 0, 2);
      paths.begun(now, other, EndpointKit.CONNECTIONS);
      paths.ended(now, other, 0, stats);
    }
    assertThat(paths.size()).isEqualTo(PeerPaths.MAX_PEERS);
  }
}
