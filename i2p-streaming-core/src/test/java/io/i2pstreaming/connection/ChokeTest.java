package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.wire.PacketView;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A7 flow control")
class ChokeTest {
  private static final long SECOND = Pair.SECOND;
  private static final int BUDGET = 64 * 1024;

  private final Pair pair = new Pair(3, Pair.config(), budget(BUDGET));
  private final TreeSet<Integer> delays = new TreeSet<>();

  private static ConnectionConfig budget(int bytes) {
    ConnectionConfig it = Pair.config();
    return new ConnectionConfig(
        it.initialWindowPackets(),
        it.maxWindowPackets(),
        it.maxMessageSize(),
        it.initialRtoNanos(),
        it.initialAckDelayNanos(),
        it.initialResendDelaySeconds(),
        it.connectTimeoutNanos(),
        it.connectDelayNanos(),
        it.maxResends(),
        it.inactivityTimeoutNanos(),
        it.inactivityAction(),
        bytes,
        it.congestionAlgorithm());
  }

  private void connect() {
    pair.script = this::note;
    pair.afterEvent = () -> assertThat(pair.server.unread()).isLessThanOrEqualTo(BUDGET);
    pair.open().runUntil(SECOND, () -> pair.client.connected + pair.server.connected == 2);
    pair.server.autoRead = false;
  }

  private boolean note(int from, int count, PacketView packet) {
    if (from == Pair.SERVER) {
      delays.add(packet.delayMillis());
    }
    return false;
  }

  @Test
  void aReaderThatStopsChokesTheSenderAndReleasesIt() {
    connect();
    pair.write(pair.client, 1_000_000);
    pair.run(120 * SECOND);
    assertThat(pair.server.received).isBetween(BUDGET / 2L, (long) BUDGET);
    assertThat(pair.client.connection.stats().chokesReceived()).isPositive();
    assertThat(pair.server.connection.stats().chokesSent()).isPositive();
    assertThat(delays).contains(60_010).doesNotContain(61_000, 60_000, 65_535);
    assertThat(pair.client.closed).isNull();
    pair.server.autoRead = true;
    pair.read(pair.server, BUDGET);
    pair.runUntil(30 * SECOND, () -> pair.server.received == 1_000_000);
  }

  @Test
  void aPeerThatObeysSendsNothingThatMustBeRefused() {
    Pair roomy = new Pair(4, Pair.config(), budget(2 * 128 * 1812));
    roomy.open().runUntil(SECOND, () -> roomy.client.connected + roomy.server.connected == 2);
    roomy.write(roomy.client, 8_000_000);
    roomy.runUntil(60 * SECOND, () -> roomy.client.connection.stats().windowPackets() >= 124);
    roomy.server.autoRead = false;
    roomy.runUntil(60 * SECOND, () -> roomy.client.connection.stats().chokesReceived() > 0);
    roomy.runUntil(SECOND, () -> roomy.client.connection.stats().inFlightPackets() == 0);
    assertThat(roomy.server.connection.packetsIgnored()).isZero();
    ConnectionStats sender = roomy.client.connection.stats();
    assertThat(sender.fastRetransmissions() + sender.timeoutRetransmissions()).isZero();
  }

  @Test
  void smallPacketsDoNotDeadlock() {
    connect();
    for (int i = 0; i < 2000; i++) {
      pair.write(pair.client, 50);
      pair.run(Pair.MILLI);
    }
    pair.run(10 * SECOND);
    assertThat(pair.server.received).isGreaterThan(BUDGET / 2);
    while (pair.server.received < 100_000) {
      pair.run(SECOND);
      pair.read(pair.server, 20_000);
      assertThat(pair.now).isLessThan(1_400 * SECOND);
    }
  }

  @Test
  void theReleaseIsRepeatedUntilDataComes() {
    connect();
    pair.write(pair.client, 1_000_000);
    pair.run(20 * SECOND);
    int[] lost = new int[1];
    pair.script = (from, count, packet) -> from == Pair.SERVER && lost[0]++ < 3;
    pair.server.autoRead = true;
    long start = pair.now;
    pair.read(pair.server, BUDGET);
    pair.runUntil(30 * SECOND, () -> pair.server.received > 2 * BUDGET);
    assertThat(pair.now - start).as("without waiting for a probe").isLessThan(3 * SECOND);
  }

  @Test
  void chokedWhileIdleItStillEnds() {
    connect();
    pair.write(pair.client, 60_000);
    pair.run(10 * SECOND);
    assertThat(pair.client.released).isEqualTo(60_000);
    assertThat(pair.client.connection.stats().chokesReceived()).isPositive();
    pair.run(200 * SECOND);
    pair.finish(pair.client);
    pair.run(SECOND);
    assertThat(pair.server.ended).isTrue();
    pair.read(pair.server, BUDGET);
    pair.finish(pair.server);
    pair.runUntil(60 * SECOND, () -> pair.client.closed != null && pair.server.closed != null);
    assertThat(pair.client.closed).isEqualTo(CloseReason.CLEAN);
  }

  @Test
  void aChokedSenderSurvivesALongSilenceOfTheReader() {
    connect();
    pair.write(pair.client, 1_000_000);
    pair.run(3600 * SECOND);
    assertThat(pair.client.closed).isNull();
    pair.server.autoRead = true;
    pair.read(pair.server, BUDGET);
    pair.runUntil(60 * SECOND, () -> pair.server.received == 1_000_000);
  }

  @Test
  void aChokedSenderNoticesThatThePeerIsGone() {
    connect();
    pair.write(pair.client, 1_000_000);
    pair.run(20 * SECOND);
    pair.script = (from, count, packet) -> true;
    pair.runUntil(300 * SECOND, () -> pair.client.closed != null);
    assertThat(pair.client.closed).isEqualTo(CloseReason.PEER_GONE);
  }

  @Test
  void aHoleInAFullBufferIsRepaired() {
    int[] lost = new int[1];
    connect();
    pair.server.autoRead = true;
    pair.write(pair.client, 300_000);
    pair.run(SECOND);
    pair.script =
        (from, count, packet) ->
            from == Pair.CLIENT && packet.payloadLength() > 0 && lost[0]++ == 0;
    pair.write(pair.client, 1_000_000);
    pair.runUntil(60 * SECOND, () -> pair.server.received == 1_300_000);
  }
}
