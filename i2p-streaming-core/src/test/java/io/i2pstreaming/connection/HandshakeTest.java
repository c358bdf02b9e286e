package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.wire.PacketFlags;
import io.i2pstreaming.wire.PacketView;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A1 A2 handshake")
class HandshakeTest {
  private static final long MILLI = Pair.MILLI;
  private static final long SECOND = Pair.SECOND;

  private final Pair pair = new Pair(Pair.config());
  private final long start = pair.now;

  private long elapsedMillis() {
    return (pair.now - start) / MILLI;
  }

  private boolean bothConnected() {
    return pair.client.connected == 1 && pair.server.connected == 1;
  }

  private void exchange() {
    pair.write(pair.client, 5000);
    pair.write(pair.server, 7000);
    pair.runUntil(60 * SECOND, () -> pair.server.received == 5000 && pair.client.received == 7000);
  }

  private static boolean isSyn(PacketView packet) {
    return packet.has(PacketFlags.SYNCHRONIZE);
  }

  private static long resent(Side side) {
    ConnectionStats stats = side.connection.stats();
    return stats.timeoutRetransmissions() + stats.fastRetransmissions();
  }

  @Test
  void takesOneRoundTrip() {
    pair.open().runUntil(SECOND, this::bothConnected);
    assertThat(elapsedMillis()).isEqualTo(200);
    assertThat(pair.client.connection.sendStreamId())
        .isEqualTo(pair.server.connection.receiveStreamId());
    exchange();
    assertThat(resent(pair.client) + resent(pair.server)).isZero();
  }

  @Test
  void theFirstPacketsCarryWhatTheSpecificationAsks() {
    List<String> flags = new ArrayList<>();
    pair.script =
        (from, count, packet) -> {
          if (isSyn(packet)) {
            flags.add(Integer.toHexString(packet.flags()) + " nacks " + packet.nackCount());
            assertThat(packet.fromLength()).isEqualTo(391);
            assertThat(packet.maxPacketSize()).isEqualTo(1812);
          }
          return false;
        };
    pair.open().runUntil(SECOND, this::bothConnected);
    assertThat(flags).containsExactly("4e9 nacks 8", "e9 nacks 0");
  }

  @Test
  void aLostSynIsSentAgainAfterItsTimeout() {
    pair.script = (from, count, packet) -> isSyn(packet) && from == Pair.CLIENT && count == 0;
    pair.open().runUntil(10 * SECOND, this::bothConnected);
    assertThat(elapsedMillis()).isEqualTo(3700);
    exchange();
  }

  @Test
  void aLostSynAckComesAgainWithTheRepeatedSyn() {
    pair.script = (from, count, packet) -> from == Pair.SERVER && count == 0;
    pair.open().runUntil(10 * SECOND, this::bothConnected);
    assertThat(elapsedMillis()).isLessThanOrEqualTo(3750);
    exchange();
  }

  @Test
  void aPacketThatKnowsOurIdConfirmsTheSynAckThoughItAcknowledgesNothing() {
    pair.script = (from, count, packet) -> from == Pair.CLIENT && count > 0;
    pair.open().runUntil(SECOND, () -> pair.client.connected == 1);
    pair.write(pair.server, 500);
    Connection server = pair.server.connection;
    pair.inject(
        pair.server, Forger.unsigned(server.receiveStreamId(), server.sendStreamId(), 1, 0));
    pair.runUntil(SECOND, () -> pair.client.received == 500);
    assertThat(resent(pair.server)).isZero();
  }

  @Test
  void signedDataThatSaysSynIsDataInAnOpenStream() {
    pair.open().runUntil(SECOND, this::bothConnected);
    List<Long> acknowledged = new ArrayList<>();
    pair.script =
        (from, count, packet) -> from == Pair.SERVER && acknowledged.add(packet.ackThrough());
    int send = pair.server.connection.receiveStreamId();
    int receive = pair.server.connection.sendStreamId();
    pair.inject(pair.server, Forger.syn(3, send, receive, 1));
    pair.run(SECOND);
    assertThat(acknowledged).as("signed by someone else").doesNotContain(1L);
    pair.inject(pair.server, Forger.syn(1, send, receive, 1));
    pair.runUntil(SECOND, () -> acknowledged.contains(1L));
  }

  @Test
  void duplicatedFirstPacketsDoNoHarm() {
    pair.duplicates = 1;
    pair.open().runUntil(10 * SECOND, this::bothConnected);
    exchange();
    pair.finish(pair.client);
    pair.finish(pair.server);
    pair.runUntil(60 * SECOND, () -> pair.client.closed != null && pair.server.closed != null);
    assertThat(pair.client.closed).isEqualTo(CloseReason.CLEAN);
  }

  @Test
  void dataWrittenBeforeRidesInTheSynAndItsAnswerInTheSynAck() {
    pair.write(pair.client, 300);
    pair.finish(pair.client);
    pair.write(pair.server, 400);
    pair.finish(pair.server);
    pair.open();
    pair.runUntil(SECOND, () -> pair.client.received == 400);
    assertThat(elapsedMillis()).as("request and answer").isEqualTo(200);
    assertThat(pair.client.ended).isTrue();
    pair.runUntil(SECOND, () -> pair.client.closed != null && pair.server.closed != null);
    assertThat(resent(pair.client) + resent(pair.server)).isZero();
  }

  @Test
  void theSynAckWaitsOnlyBrieflyForAnAnswer() {
    pair.write(pair.client, 300);
    pair.open().runUntil(SECOND, this::bothConnected);
    assertThat(elapsedMillis()).isEqualTo(225);
  }

  @Test
  void atMostThreePacketsLeaveBeforeTheAnswerAndTheyMayOvertake() {
    pair.write(pair.client, 20_000);
    pair.open();
    assertThat(pair.sent(pair.client)).isEqualTo(3);
    pair.jitter = 90 * MILLI;
    exchangeOf(20_000);
  }

  private void exchangeOf(long bytes) {
    pair.runUntil(60 * SECOND, () -> pair.server.received == bytes);
  }

  @Test
  void earlyDataIsSentAgainWhenItGotLost() {
    pair.script = (from, count, packet) -> from == Pair.CLIENT && (count == 1 || count == 2);
    pair.write(pair.client, 20_000);
    pair.open();
    exchangeOf(20_000);
  }

  @Test
  void connectDelayWaitsForDataToCarry() {
    ConnectionConfig config = delayed();
    Pair delayed = new Pair(1, config, Pair.config());
    delayed.open();
    assertThat(delayed.sent(delayed.client)).isZero();
    delayed.run(300 * MILLI);
    delayed.write(delayed.client, 100);
    assertThat(delayed.sent(delayed.client)).isEqualTo(1);
    delayed.runUntil(SECOND, () -> delayed.server.received == 100);
  }

  @Test
  void connectDelayEndsWithoutData() {
    Pair delayed = new Pair(1, delayed(), Pair.config());
    delayed.open();
    delayed.runUntil(1200 * MILLI, () -> delayed.client.connected == 1);
  }

  private static ConnectionConfig delayed() {
    ConnectionConfig it = Pair.config();
    return new ConnectionConfig(
        it.initialWindowPackets(),
        it.maxWindowPackets(),
        it.maxMessageSize(),
        it.initialRtoNanos(),
        it.initialAckDelayNanos(),
        it.initialResendDelaySeconds(),
        it.connectTimeoutNanos(),
        SECOND,
        it.maxResends(),
        it.inactivityTimeoutNanos(),
        it.inactivityAction(),
        it.receiveBudgetBytes(),
        it.congestionAlgorithm());
  }

  @Test
  void noBareAckLeavesBeforeTheSynAckIsAcknowledged() {
    boolean[] acknowledged = new boolean[1];
    List<String> early = new ArrayList<>();
    pair.script =
        (from, count, packet) -> {
          if (from == Pair.SERVER && !acknowledged[0] && !isSyn(packet)) {
            early.add(packet.toString());
          }
          boolean first = from == Pair.CLIENT && packet.sendStreamId() != 0;
          acknowledged[0] |= first && count > 6;
          return first && count <= 6;
        };
    pair.write(pair.client, 20_000);
    pair.open();
    exchangeOf(20_000);
    assertThat(early).isEmpty();
  }

  @Test
  void silenceEndsInConnectTimeout() {
    pair.script = (from, count, packet) -> true;
    pair.open();
    pair.runUntil(61 * SECOND, () -> pair.client.closed != null);
    assertThat(pair.client.closed).isEqualTo(CloseReason.CONNECT_TIMEOUT);
    assertThat(elapsedMillis()).isEqualTo(60_000);
    assertThat(pair.sent(pair.client)).as("at 0, 3.5, 10.5, 24.5, 39.5 and 54.5 s").isEqualTo(6);
    assertThat(pair.client.connection.isFinished()).isTrue();
  }

  @Test
  void theRoutersVerdictEndsAHopelessDial() {
    pair.script = (from, count, packet) -> true;
    pair.open();
    pair.client.connection.onDelivery(pair.now, DeliveryOutcome.SOFT_FAILURE);
    assertThat(pair.client.closed).isNull();
    pair.client.connection.onDelivery(pair.now, DeliveryOutcome.HARD_FAILURE);
    assertThat(pair.client.closed).isEqualTo(CloseReason.UNREACHABLE);
  }

  @Test
  void aMissingLeaseSetIsAskedForAgainBeforeTheDialFails() {
    pair.script = (from, count, packet) -> true;
    pair.open();
    pair.client.connection.onDelivery(pair.now, DeliveryOutcome.NO_LEASE_SET);
    pair.run(1100 * MILLI);
    assertThat(pair.sent(pair.client)).isEqualTo(2);
    pair.client.connection.onDelivery(pair.now, DeliveryOutcome.NO_LEASE_SET);
    assertThat(pair.client.closed).isNull();
    pair.run(1100 * MILLI);
    pair.client.connection.onDelivery(pair.now, DeliveryOutcome.NO_LEASE_SET);
    assertThat(pair.client.closed).isEqualTo(CloseReason.UNREACHABLE);
  }

  @Test
  void anExpiredKeyCannotDial() {
    pair.client.auth.mayStillSign = false;
    pair.open();
    assertThat(pair.client.closed).isEqualTo(CloseReason.EXHAUSTED);
    assertThat(pair.sent(pair.client)).isZero();
  }
}
