package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.wire.PacketFlags;
import io.i2pstreaming.wire.PacketView;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A8 close, half-close and reset")
class CloseTest {
  private static final long MILLI = Pair.MILLI;
  private static final long SECOND = Pair.SECOND;

  private final Pair pair = connected(Pair.config());
  private int dropped;

  private static Pair connected(ConnectionConfig config) {
    Pair pair = new Pair(7, config, config);
    pair.open().runUntil(SECOND, () -> pair.client.connected + pair.server.connected == 2);
    pair.run(SECOND);
    return pair;
  }

  private static boolean isClose(PacketView packet) {
    return packet.has(PacketFlags.CLOSE);
  }

  private void bothClosed() {
    pair.runUntil(120 * SECOND, () -> pair.client.closed != null && pair.server.closed != null);
  }

  private void assertClean() {
    assertThat(pair.client.closed).isEqualTo(CloseReason.CLEAN);
    assertThat(pair.server.closed).isEqualTo(CloseReason.CLEAN);
    assertThat(pair.client.ended).isTrue();
    assertThat(pair.server.ended).isTrue();
  }

  @Test
  void oneSideClosesAndTheOtherStillSends() {
    pair.write(pair.client, 100);
    pair.finish(pair.client);
    pair.runUntil(SECOND, () -> pair.server.ended);
    assertThat(pair.client.connection.state()).isEqualTo(ConnectionState.CLOSE_SENT);
    assertThat(pair.server.connection.state()).isEqualTo(ConnectionState.CLOSE_RECEIVED);
    pair.write(pair.server, 300_000);
    pair.runUntil(60 * SECOND, () -> pair.client.received == 300_000);
    pair.finish(pair.server);
    bothClosed();
    assertClean();
  }

  @Test
  void theSideThatClosedFirstWaitsAndTheOtherIsDone() {
    pair.finish(pair.client);
    pair.runUntil(SECOND, () -> pair.server.ended);
    pair.finish(pair.server);
    bothClosed();
    assertThat(pair.client.connection.state()).isEqualTo(ConnectionState.TIME_WAIT);
    assertThat(pair.server.connection.isFinished()).isTrue();
    pair.run(61 * SECOND);
    assertThat(pair.client.connection.isFinished()).isTrue();
    assertThat(pair.client.connection.nextDeadline()).isEqualTo(Connection.NEVER);
  }

  @Test
  void bothCloseAtOnce() {
    pair.finish(pair.client);
    pair.finish(pair.server);
    bothClosed();
    assertClean();
  }

  @Test
  void aLostCloseIsSentAgain() {
    pair.script = (from, count, packet) -> isClose(packet) && dropped++ < 2;
    pair.write(pair.client, 100);
    pair.finish(pair.client);
    pair.runUntil(10 * SECOND, () -> pair.server.ended);
    pair.finish(pair.server);
    bothClosed();
    assertClean();
  }

  @Test
  void aLostAckOfTheLastCloseIsRepeated() {
    pair.finish(pair.client);
    pair.runUntil(SECOND, () -> pair.server.ended);
    pair.script =
        (from, count, packet) -> from == Pair.CLIENT && packet.sequence() == 0 && dropped++ < 2;
    pair.finish(pair.server);
    bothClosed();
    assertClean();
    assertThat(dropped).isGreaterThan(2);
  }

  @Test
  void aCloseThatOvertakesDataWaitsForIt() {
    pair.script = (from, count, packet) -> packet.payloadLength() > 0 && dropped++ < 3;
    pair.write(pair.client, 5000);
    pair.finish(pair.client);
    pair.run(150 * MILLI);
    assertThat(pair.server.ended).isFalse();
    pair.runUntil(10 * SECOND, () -> pair.server.ended);
    assertThat(pair.server.received).isEqualTo(5000);
  }

  @Test
  void aPeerThatForgotUsAfterItsCloseIsNoError() {
    pair.finish(pair.client);
    pair.runUntil(SECOND, () -> pair.server.ended);
    pair.script = (from, count, packet) -> from == Pair.CLIENT;
    pair.finish(pair.server);
    pair.runUntil(60 * SECOND, () -> pair.server.closed != null);
    assertThat(pair.server.closed).isEqualTo(CloseReason.CLEAN);
    assertThat(pair.server.connection.isFinished()).isTrue();
  }

  @Test
  void dataThatNobodyAcknowledgesIsAnErrorEvenAfterThePeersClose() {
    pair.finish(pair.client);
    pair.runUntil(SECOND, () -> pair.server.ended);
    pair.script = (from, count, packet) -> from == Pair.CLIENT;
    pair.write(pair.server, 1000);
    pair.finish(pair.server);
    pair.runUntil(400 * SECOND, () -> pair.server.closed != null);
    assertThat(pair.server.closed).isEqualTo(CloseReason.PEER_GONE);
  }

  @Test
  void closedBothWaysItDoesNotWaitForeverForThePeersClose() {
    pair.finish(pair.client);
    pair.abandon(pair.client);
    pair.run(20 * SECOND);
    assertThat(pair.client.closed).isNull();
    pair.run(20 * SECOND);
    assertThat(pair.client.closed).isEqualTo(CloseReason.CLEAN);
  }

  @Test
  void dataForAnAbandonedReaderIsAnsweredWithReset() {
    pair.finish(pair.client);
    pair.abandon(pair.client);
    pair.run(SECOND);
    pair.write(pair.server, 10);
    bothClosed();
    assertThat(pair.client.closed).isEqualTo(CloseReason.RESET_LOCALLY);
    assertThat(pair.server.closed).isEqualTo(CloseReason.RESET_BY_PEER);
    assertThat(pair.server.connection.isFinished()).isTrue();
  }

  @Test
  void abortResetsThePeer() {
    pair.abort(pair.client, CloseReason.RESET_LOCALLY);
    assertThat(pair.client.closed).isEqualTo(CloseReason.RESET_LOCALLY);
    pair.runUntil(SECOND, () -> pair.server.closed != null);
    assertThat(pair.server.closed).isEqualTo(CloseReason.RESET_BY_PEER);
  }

  @Test
  void aLostResetIsRepeatedButNotOftenerThanEveryTenSeconds() {
    pair.script = (from, count, packet) -> packet.has(PacketFlags.RESET) && dropped++ == 0;
    pair.abort(pair.client, CloseReason.RESET_LOCALLY);
    long start = pair.now;
    pair.write(pair.server, 10);
    pair.runUntil(30 * SECOND, () -> pair.server.closed != null);
    assertThat(pair.server.closed).isEqualTo(CloseReason.RESET_BY_PEER);
    assertThat(dropped).isEqualTo(2);
    assertThat(pair.now - start).isGreaterThanOrEqualTo(10 * SECOND);
    pair.run(60 * SECOND);
    assertThat(pair.client.connection.isFinished()).isTrue();
  }

  @Test
  void aResetBeforeTheAnswerIsARefusal() {
    Pair dialing = new Pair(Pair.config());
    dialing.open();
    byte[] reset = Forger.reset(2, dialing.client.connection.receiveStreamId(), 0, 0);
    dialing.inject(dialing.client, reset);
    assertThat(dialing.client.closed).isEqualTo(CloseReason.REFUSED);
    assertThat(dialing.client.connection.isFinished()).isTrue();
  }

  @Test
  void forgedResetsAndClosesAreIgnored() {
    int clientId = pair.client.connection.receiveStreamId();
    int serverId = pair.server.connection.receiveStreamId();
    pair.inject(pair.client, Forger.reset(3, clientId, serverId, 1));
    pair.inject(pair.client, Forger.unsigned(clientId, serverId, 1, PacketFlags.RESET));
    pair.inject(pair.client, Forger.unsigned(clientId, serverId, 1, PacketFlags.CLOSE));
    pair.inject(pair.client, Forger.close(3, clientId, serverId, 1));
    pair.inject(pair.client, Forger.close(2, clientId, serverId + 1, 1));
    assertThat(pair.client.closed).isNull();
    assertThat(pair.client.ended).isFalse();
    assertThat(pair.client.connection.packetsIgnored()).isEqualTo(5);
    pair.inject(pair.client, Forger.reset(2, clientId, serverId, 4711));
    assertThat(pair.client.closed).isEqualTo(CloseReason.RESET_BY_PEER);
  }

  @Test
  void anExpiredKeyCannotCloseSoTheStreamEndsHere() {
    pair.client.auth.mayStillSign = false;
    pair.finish(pair.client);
    assertThat(pair.client.closed).isEqualTo(CloseReason.EXHAUSTED);
    assertThat(pair.client.connection.isFinished()).isTrue();
  }

  @Test
  void anI2pdPeerGetsCloseOnlyWhenAllDataIsAcknowledged() {
    ConnectionConfig it = Pair.config();
    ConnectionConfig i2pd =
        new ConnectionConfig(
            6,
            128,
            1812,
            9 * SECOND,
            it.initialAckDelayNanos(),
            9,
            0,
            0,
            8,
            0,
            InactivityAction.NONE,
            it.receiveBudgetBytes(),
            it.congestionAlgorithm());
    Pair quirky = new Pair(7, it, i2pd);
    quirky.open().runUntil(SECOND, () -> quirky.client.connected == 1);
    boolean[] early = new boolean[1];
    quirky.script =
        (from, count, packet) -> {
          early[0] |= from == Pair.CLIENT && isClose(packet) && quirky.client.released < 5000;
          return false;
        };
    quirky.write(quirky.client, 5000);
    quirky.finish(quirky.client);
    quirky.runUntil(10 * SECOND, () -> quirky.server.ended);
    assertThat(early[0]).isFalse();
  }
}
