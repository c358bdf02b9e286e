package io.i2pstreaming.endpoint;

import static io.i2pstreaming.endpoint.EndpointKit.MILLIS;
import static io.i2pstreaming.endpoint.EndpointKit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.connection.Connection;
import io.i2pstreaming.connection.StreamPorts;
import io.i2pstreaming.endpoint.Outbox.Sent;
import io.i2pstreaming.identity.Destination;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * For five seconds, 20,000 packets a second with bad signatures arrive, while a neighbour has a
 * stream open and somebody else dials. Virtual time in steps of a millisecond; the flood always
 * comes first, so that what is left over is left over with certainty.
 */
@DisplayName("A12 a flood costs a bounded number of verifications and harms no neighbour")
class FloodTest {
  private static final int PER_MILLI = 20;
  private static final long FLOOD = 5 * SECONDS;
  private static final long DIALLED_AT = SECONDS;

  /** Fewer than may be half open. */
  private static final int BURST = 200;

  /** Waiting SYNs that are taken up in one millisecond: what four milliseconds pay for, and two. */
  private static final int MOST_A_MILLI = 10;

  private final Party us = new Party();
  private final Party attacker = new Party();
  private final StreamingEndpoint server = EndpointKit.endpoint(us.keys, 1);
  private final StreamingEndpoint neighbour = EndpointKit.endpoint(new Party().keys, 2);
  private final StreamingEndpoint dialler = EndpointKit.endpoint(new Party().keys, 3);
  private final Outbox outbox = new Outbox();
  private final App served = new App();
  private long now;
  private long forged;

  @BeforeEach
  void serve() {
    server.listen(
        80,
        new StreamAcceptor() {
          private boolean first = true;

          @Override
          public StreamPorts accept(Destination from, int localPort, int remotePort) {
            StreamPorts ports = first ? served.ports() : new App().ports();
            first = false;
            return ports;
          }

          @Override
          public void accepted(StreamPorts ports, Connection connection) {
            ((App) ports.source()).connection = connection;
          }
        });
  }

  private App dial(StreamingEndpoint from) {
    App app = new App();
    app.connection = EndpointKit.dial(from, now, us.destination(), 0, 80, app.ports());
    return app;
  }

  /** Everybody's packets arrive at once, after the flood of this millisecond. */
  private void step() {
    for (StreamingEndpoint endpoint : List.of(server, neighbour, dialler)) {
      if (endpoint.nextDeadline() <= now) {
        endpoint.onTimer(now);
      }
    }
    for (StreamingEndpoint client : List.of(neighbour, dialler)) {
      arrive(server, outbox.drain(client, now));
      for (Sent sent : outbox.drain(server, now)) {
        arrive(neighbour, List.of(sent));
        arrive(dialler, List.of(sent));
      }
    }
    now += MILLIS;
  }

  private void arrive(StreamingEndpoint at, List<Sent> packets) {
    for (Sent sent : packets) {
      at.onDatagram(now, sent.fromPort, sent.toPort, sent.bytes, 0, sent.bytes.length);
    }
  }

  /** The neighbour writes a byte every 100 ms, and somebody dials in the middle. */
  private App flood(byte[] packet, int idOffset) {
    App stream = dial(neighbour);
    step();
    assertThat(stream.connected).isTrue();
    App late = new App();
    for (int milli = 0; now < FLOOD; milli++) {
      for (int i = 0; i < PER_MILLI; i++) {
        ByteBuffer.wrap(packet).putInt(idOffset, 1_000_000 + (int) forged++);
        EndpointKit.receive(server, now, packet);
      }
      if (milli % 100 == 0) {
        stream.write("x");
        neighbour.onWritten(now, stream.connection);
      }
      if (late.connection == null && now >= DIALLED_AT) {
        late = dial(dialler);
      }
      step();
    }
    assertThat(served.read()).isEqualTo("x".repeat((int) (FLOOD / (100 * MILLIS))));
    assertThat(stream.connection.stats().timeoutRetransmissions()).isZero();
    assertThat(stream.connection.stats().fastRetransmissions()).isZero();
    assertThat(server.stats().resetsSent()).isZero();
    return late;
  }

  @Test
  void ofSyns() {
    App late = flood(attacker.syn(us.destination(), 1), 4);
    EndpointStats stats = server.stats();
    long budget = SenderCheck.SYNS_AT_ONCE + FLOOD / SenderCheck.NANOS_PER_SYN;
    assertThat(stats.badSignature()).isBetween(budget - 20, budget + 1);
    assertThat(stats.connections()).isEqualTo(1);
    long retransmissions = 1;
    assertThat(stats.rejections().unverified())
        .as("the rest of the flood, and our dialler's SYNs of seconds 1 and 4.5")
        .isEqualTo(forged - stats.badSignature() - stats.parkedPackets() + 1 + retransmissions);
    assertThat(late.connected).isFalse();
    while (!late.connected && now < 12 * SECONDS) {
      step();
    }
    assertThat(late.connected).as("by its next retransmission").isTrue();
    assertThat(server.stats().parkedPackets()).as("nothing waits any more").isZero();
  }

  @Test
  void ofPings() {
    App late = flood(attacker.ping(1), 0);
    EndpointStats stats = server.stats();
    long budget = SenderCheck.PINGS_AT_ONCE + FLOOD / SenderCheck.NANOS_PER_PING;
    assertThat(stats.badSignature()).isBetween(budget - 10, budget + 1);
    assertThat(stats.pingsAnswered()).isZero();
    assertThat(stats.parkedPackets()).isZero();
    assertThat(stats.rejections().unverified()).isEqualTo(forged - stats.badSignature());
    assertThat(late.connected).as("dialled in the middle of the flood").isTrue();
    assertThat(late.connection.stats().timeoutRetransmissions()).isZero();
  }

  /** A stranger dials many times at the same instant, and the neighbour's byte comes after them. */
  @Test
  void aBurstOfGenuineSynsWaitsBehindTheStreamsThatAreOpen() {
    App stream = dial(neighbour);
    step();
    for (int id = 1; id <= BURST; id++) {
      EndpointKit.receive(server, now, attacker.syn(us.destination(), id));
    }
    assertThat(server.stats().connections()).isEqualTo(1 + SenderCheck.SYNS_AT_ONCE);
    stream.write("x");
    neighbour.onWritten(now, stream.connection);
    arrive(server, outbox.drain(neighbour, now));
    assertThat(served.read()).as("before the others had their turn").isEqualTo("x");

    long begun = now;
    while (server.stats().parkedPackets() > 0) {
      int before = server.stats().connections();
      step();
      assertThat(server.stats().connections() - before).isLessThanOrEqualTo(MOST_A_MILLI);
    }
    assertThat(server.stats().connections()).isEqualTo(1 + BURST);
    assertThat(server.stats().rejections().unverified()).isZero();
    assertThat(now - begun).isLessThanOrEqualTo(BURST * SenderCheck.NANOS_PER_SYN);
  }
}
