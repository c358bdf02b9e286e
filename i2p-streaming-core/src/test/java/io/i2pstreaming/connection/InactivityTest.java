package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A9 inactivity")
class InactivityTest {
  private static final long SECOND = Pair.SECOND;

  private static Pair connected(InactivityAction action) {
    return connected(5, action);
  }

  private static Pair connected(long seed, InactivityAction action) {
    ConnectionConfig it = Pair.config();
    ConnectionConfig config =
        new ConnectionConfig(
            it.initialWindowPackets(),
            it.maxWindowPackets(),
            it.maxMessageSize(),
            it.initialRtoNanos(),
            it.initialAckDelayNanos(),
            it.initialResendDelaySeconds(),
            it.connectTimeoutNanos(),
            it.connectDelayNanos(),
            it.maxResends(),
            90 * SECOND,
            action,
            it.receiveBudgetBytes(),
            it.congestionAlgorithm());
    ConnectionConfig other =
        new ConnectionConfig(
            it.initialWindowPackets(),
            it.maxWindowPackets(),
            it.maxMessageSize(),
            it.initialRtoNanos(),
            it.initialAckDelayNanos(),
            it.initialResendDelaySeconds(),
            it.connectTimeoutNanos(),
            it.connectDelayNanos(),
            it.maxResends(),
            0,
            InactivityAction.NONE,
            it.receiveBudgetBytes(),
            it.congestionAlgorithm());
    Pair pair = new Pair(seed, config, other);
    pair.open().runUntil(SECOND, () -> pair.client.connected + pair.server.connected == 2);
    pair.run(5 * SECOND);
    return pair;
  }

  @Test
  void sendKeepsTheConnectionAliveWithOneEmptyPacketEachTime() {
    Pair pair = connected(InactivityAction.SEND);
    int before = pair.sent(pair.client);
    pair.run(1000 * SECOND);
    assertThat(pair.client.closed).isNull();
    assertThat(pair.sent(pair.client) - before).isBetween(9, 11);
    pair.write(pair.client, 5000);
    pair.runUntil(SECOND, () -> pair.server.received == 5000);
  }

  @Test
  void sendNoticesADeadPeer() {
    Pair pair = connected(InactivityAction.SEND);
    pair.script = (from, count, packet) -> true;
    pair.runUntil(500 * SECOND, () -> pair.client.closed != null);
    assertThat(pair.client.closed).isEqualTo(CloseReason.PEER_GONE);
  }

  @Test
  void disconnectResets() {
    Pair pair = connected(InactivityAction.DISCONNECT);
    pair.run(80 * SECOND);
    assertThat(pair.client.closed).isNull();
    pair.run(21 * SECOND);
    assertThat(pair.client.closed).isEqualTo(CloseReason.INACTIVE);
    assertThat(pair.server.closed).isEqualTo(CloseReason.RESET_BY_PEER);
  }

  @Test
  void noneWaitsForEver() {
    Pair pair = connected(InactivityAction.NONE);
    pair.run(100_000 * SECOND);
    assertThat(pair.client.closed).isNull();
    assertThat(pair.client.connection.nextDeadline()).isEqualTo(Connection.NEVER);
  }

  @Test
  void aTimeoutOfItsOwnHoldsFromNowOn() {
    Pair pair = connected(InactivityAction.DISCONNECT);
    pair.client.connection.inactivityTimeout(0);
    pair.run(1000 * SECOND);
    assertThat(pair.client.closed).isNull();
    pair.write(pair.client, 5000);
    pair.runUntil(SECOND, () -> pair.server.received == 5000);
    pair.run(5 * SECOND);
    pair.client.connection.inactivityTimeout(20 * SECOND);
    pair.run(14 * SECOND);
    assertThat(pair.client.closed).isNull();
    pair.run(16 * SECOND);
    assertThat(pair.client.closed).isEqualTo(CloseReason.INACTIVE);
  }

  @Test
  void streamsOfOneMomentDoNotWakeTogether() {
    for (long timeout : new long[] {90 * SECOND, 9 * SECOND}) {
      long first = Long.MAX_VALUE;
      long last = 0;
      for (int seed = 1; seed <= 40; seed++) {
        Pair pair = connected(seed, InactivityAction.SEND);
        long start = pair.now;
        pair.write(pair.client, 100);
        pair.run(3 * SECOND);
        pair.client.connection.inactivityTimeout(timeout);
        long deadline = pair.client.connection.nextDeadline() - start;
        first = Math.min(first, deadline);
        last = Math.max(last, deadline);
      }
      assertThat(first).isGreaterThanOrEqualTo(timeout);
      assertThat(last).isLessThan(timeout + timeout / 9 + SECOND);
      assertThat(last - first).isGreaterThan(timeout / 9 * 7 / 10);
    }
  }

  @Test
  void aHalfClosedStreamGetsMoreTime() {
    Pair pair = connected(InactivityAction.SEND);
    pair.finish(pair.client);
    pair.run(175 * SECOND);
    assertThat(pair.client.closed).isNull();
    pair.run(20 * SECOND);
    assertThat(pair.client.closed).isEqualTo(CloseReason.INACTIVE);
  }
}
