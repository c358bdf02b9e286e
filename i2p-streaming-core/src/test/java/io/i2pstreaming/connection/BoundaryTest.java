package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.wire.PacketFlags;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The last moment or number at which something still goes well, and one step more. */
@DisplayName("A1 A4 A5 A8 A9 boundaries")
class BoundaryTest {
  private static final long SECOND = Pair.SECOND;

  private static Pair connected(ConnectionConfig config) {
    Pair pair = new Pair(21, config, config);
    pair.open().runUntil(SECOND, () -> pair.client.connected + pair.server.connected == 2);
    return pair.run(SECOND);
  }

  private static ConnectionConfig with(int window, int maxWindow, InactivityAction action) {
    ConnectionConfig it = Pair.config();
    return new ConnectionConfig(
        window,
        maxWindow,
        it.maxMessageSize(),
        it.initialRtoNanos(),
        it.initialAckDelayNanos(),
        it.initialResendDelaySeconds(),
        it.connectTimeoutNanos(),
        it.connectDelayNanos(),
        it.maxResends(),
        it.inactivityTimeoutNanos(),
        action,
        it.receiveBudgetBytes(),
        it.congestionAlgorithm());
  }

  /** Nothing of {@code silenced} arrives any more, for so long after the client has written. */
  private static Pair outage(int silenced, long nanos, List<Long> lostAt) {
    Pair pair = connected(with(6, 128, InactivityAction.NONE));
    long start = pair.now;
    pair.script =
        (from, count, packet) -> {
          boolean lost = from == silenced && pair.now - start < nanos;
          if (lost) {
            lostAt.add(pair.now - start);
          }
          return lost;
        };
    pair.write(pair.client, 500);
    return pair.run(400 * SECOND);
  }

  @ParameterizedTest
  @ValueSource(ints = {Pair.CLIENT, Pair.SERVER})
  void theLongestOutageOfEitherDirectionIsSurvivedAndNotOneNanosecondMore(int silenced) {
    List<Long> lostAt = new ArrayList<>();
    Pair dead = outage(silenced, Connection.NEVER, lostAt);
    assertThat(dead.client.closed).isEqualTo(CloseReason.PEER_GONE);
    long last = lostAt.get(lostAt.size() - 1);
    assertThat(last).as("the last try, by 8 resends and 7.5 s each").isGreaterThan(30 * SECOND);
    Pair survived = outage(silenced, last, new ArrayList<>());
    assertThat(survived.client.closed).isNull();
    assertThat(survived.server.received).isEqualTo(500);
    assertThat(survived.client.released).isEqualTo(500);
    Pair lost = outage(silenced, last + 1, new ArrayList<>());
    assertThat(lost.client.closed).isEqualTo(CloseReason.PEER_GONE);
  }

  @Test
  void aByteInTheLastMomentKeepsAnIdleConnection() {
    Pair kept = connected(with(6, 128, InactivityAction.DISCONNECT));
    kept.run(10 * SECOND);
    long deadline = kept.client.connection.nextDeadline();
    kept.run(deadline - 1 - kept.now);
    kept.write(kept.client, 1);
    kept.run(10 * SECOND);
    assertThat(kept.client.closed).isNull();
    assertThat(kept.server.received).isEqualTo(1);

    Pair late = connected(with(6, 128, InactivityAction.DISCONNECT));
    late.run(10 * SECOND);
    assertThat(late.client.connection.nextDeadline()).isEqualTo(deadline);
    late.run(deadline - late.now);
    assertThat(late.client.closed).isEqualTo(CloseReason.INACTIVE);
  }

  @Test
  void anAnswerAtTheConnectTimeoutCountsAndOneNanosecondLaterDoesNot() {
    assertThat(dialled(30 * SECOND).connected).isEqualTo(1);
    Side late = dialled(30 * SECOND + 1);
    assertThat(late.connected).isZero();
    assertThat(late.closed).isEqualTo(CloseReason.CONNECT_TIMEOUT);
  }

  private static Side dialled(long oneWay) {
    Pair pair = new Pair(Pair.config());
    pair.latency = oneWay;
    return pair.open().run(61 * SECOND).client;
  }

  @Test
  void packets124LeaveWithoutAnAckAndNoneMoreWhateverTheOptionSays() {
    assertThat(sentWithoutAck(123)).isEqualTo(123);
    assertThat(sentWithoutAck(124)).isEqualTo(124);
    assertThat(sentWithoutAck(125)).isEqualTo(124);
    assertThat(sentWithoutAck(128)).isEqualTo(124);
  }

  private static int sentWithoutAck(int maxWindow) {
    Pair pair = connected(with(128, maxWindow, InactivityAction.NONE));
    int before = pair.sent(pair.client);
    pair.script = (from, count, packet) -> from == Pair.SERVER;
    pair.write(pair.client, 1_000_000);
    return pair.sent(pair.client) - before;
  }

  @Test
  void holes255AreListedAndOneMoreLowersTheAcknowledgement() {
    Pair pair = connected(Pair.config());
    List<String> acks = new ArrayList<>();
    pair.script =
        (from, count, packet) ->
            from == Pair.SERVER && acks.add(packet.ackThrough() + "/" + packet.nackCount());
    int own = pair.server.connection.receiveStreamId();
    int other = pair.client.connection.receiveStreamId();
    for (int sequence = 2; sequence <= 512; sequence += 2) {
      pair.inject(pair.server, Forger.data(own, other, sequence, 0, PacketFlags.NO_ACK, 0));
    }
    assertThat(acks.get(254)).as("2, 4, … 510 arrived").isEqualTo("510/255");
    assertThat(acks.get(255)).as("512 as well").isEqualTo("510/255");
    long ignored = pair.server.connection.packetsIgnored();
    pair.inject(pair.server, Forger.data(own, other, 513, 0, PacketFlags.NO_ACK, 0));
    assertThat(pair.server.connection.packetsIgnored() - ignored).as("too far").isEqualTo(1);
  }

  @Test
  void anInitiatorKeepsNumber2BeforeItsAnswerAndNot3() {
    Pair pair = new Pair(Pair.config());
    List<String> acks = new ArrayList<>();
    pair.script =
        (from, count, packet) ->
            from == Pair.CLIENT
                && !packet.has(PacketFlags.NO_ACK)
                && !acks.add(packet.ackThrough() + "/" + packet.nackCount());
    pair.open().runUntil(SECOND, () -> pair.server.connected == 1);
    int own = pair.client.connection.receiveStreamId();
    int other = pair.server.connection.receiveStreamId();
    pair.inject(pair.client, Forger.data(own, other, 2, 0, PacketFlags.NO_ACK, 0));
    pair.inject(pair.client, Forger.data(own, other, 3, 0, PacketFlags.NO_ACK, 0));
    assertThat(pair.client.connection.packetsIgnored()).isEqualTo(1);
    assertThat(acks).isEmpty();
    pair.runUntil(SECOND, () -> pair.client.connected == 1);
    assertThat(acks.get(0)).as("2 is here and 1 is not").isEqualTo("2/1");
  }

  @Test
  void timeWaitAnswersInItsLastMomentAndIsGoneInTheNext() {
    assertThat(answersAfterItsEnd(60 * SECOND - 1)).isTrue();
    assertThat(answersAfterItsEnd(60 * SECOND)).isFalse();
  }

  private static boolean answersAfterItsEnd(long nanos) {
    Pair pair = connected(Pair.config());
    pair.finish(pair.client);
    pair.runUntil(SECOND, () -> pair.server.ended);
    pair.finish(pair.server);
    pair.runUntil(SECOND, () -> pair.client.closed != null);
    assertThat(pair.client.connection.state()).isEqualTo(ConnectionState.TIME_WAIT);
    int own = pair.client.connection.receiveStreamId();
    int other = pair.server.connection.receiveStreamId();
    pair.run(nanos);
    int before = pair.sent(pair.client);
    pair.inject(pair.client, Forger.close(2, own, other, 1));
    return pair.sent(pair.client) > before;
  }
}
