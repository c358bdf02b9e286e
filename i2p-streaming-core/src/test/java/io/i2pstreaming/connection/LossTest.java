package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A5 loss recovery")
class LossTest {
  private static final long MILLI = Pair.MILLI;
  private static final long SECOND = Pair.SECOND;

  private final Pair pair = new Pair(Pair.config());
  private final Map<Long, Integer> copies = new HashMap<>();

  /** Drops the first copies of some of the client's packets. */
  private void dropCopies(long first, long last, int howOften) {
    pair.script =
        (from, count, packet) -> {
          long sequence = packet.sequence();
          return from == Pair.CLIENT
              && sequence >= first
              && sequence <= last
              && copies.merge(sequence, 1, Integer::sum) <= howOften;
        };
  }

  private void connect() {
    pair.open().runUntil(SECOND, () -> pair.client.connected + pair.server.connected == 2);
    pair.run(SECOND);
  }

  private long deliver(long bytes) {
    long start = pair.now;
    long target = pair.server.received + bytes;
    pair.write(pair.client, bytes);
    pair.runUntil(120 * SECOND, () -> pair.server.received == target);
    return (pair.now - start) / MILLI;
  }

  private ConnectionStats stats() {
    return pair.client.connection.stats();
  }

  @Test
  void aLostPacketIsSentAgainWithoutWaitingForTheTimer() {
    connect();
    deliver(100_000);
    long sequence = lastSent() + 20;
    dropCopies(sequence, sequence, 1);
    deliver(200_000);
    assertThat(stats().fastRetransmissions()).isEqualTo(1);
    assertThat(stats().timeoutRetransmissions()).isZero();
  }

  private long lastSent() {
    return stats().bytesSent() / 1812;
  }

  @Test
  void aLostRetransmissionIsFoundWithoutTheTimer() {
    connect();
    deliver(30_000);
    long sequence = lastSent() + 10;
    dropCopies(sequence, sequence, 2);
    deliver(2_000_000);
    assertThat(stats().fastRetransmissions()).isEqualTo(2);
    assertThat(stats().timeoutRetransmissions()).isZero();
  }

  @Test
  void aLostTailIsFoundByTheTimer() {
    connect();
    deliver(50_000);
    long last = lastSent() + 1;
    dropCopies(last + 1, last + 5, 1);
    assertThat(deliver(3 * 1812)).isLessThan(900);
    assertThat(stats().timeoutRetransmissions()).isPositive();
    assertThat(stats().rtoNanos()).as("no backoff after progress").isLessThan(SECOND);
  }

  @Test
  void aLostTailIsProbedForAndCostsNoWindow() {
    connect();
    deliver(200_000);
    int window = stats().windowPackets();
    long last = lastSent() + 1;
    dropCopies(last + 1, last + 3, 1);
    long before = stats().packetsSent();
    assertThat(deliver(3 * 1812)).as("two round trips and a half, and the wait").isLessThan(750);
    assertThat(stats().timeoutRetransmissions()).isLessThanOrEqualTo(2);
    assertThat(stats().packetsSent() - before).as("three, and those again").isLessThanOrEqualTo(7);
    assertThat(stats().windowPackets()).isGreaterThanOrEqualTo(window * 9 / 10);
  }

  @Test
  void aLostRetransmissionIsFoundAlthoughNothingNewMayLeave() {
    connect();
    deliver(600_000);
    long sequence = lastSent() + 10;
    dropCopies(sequence, sequence + 3, 1);
    long[] again = {0};
    Pair.Script first = pair.script;
    pair.script =
        (from, count, packet) ->
            first.drops(from, count, packet)
                || (from == Pair.CLIENT
                    && packet.sequence() == sequence
                    && copies.get(sequence) == 2
                    && again[0]++ == 0);
    deliver(124 * 1812 + 600_000);
    assertThat(again[0]).as("the second copy was lost too").isPositive();
    assertThat(stats().timeoutRetransmissions()).isZero();
    assertThat(stats().fastRetransmissions()).isEqualTo(5);
  }

  @Test
  void aTimeoutThatWasOnlyADelayIsTakenBack() {
    connect();
    deliver(600_000);
    pair.run(SECOND);
    int window = stats().windowPackets();
    pair.latency = 330 * MILLI;
    pair.write(pair.client, 3 * 1812);
    pair.run(SECOND);
    assertThat(stats().timeoutRetransmissions()).as("a probe and a timeout").isGreaterThan(2);
    assertThat(stats().fastRetransmissions()).isZero();
    assertThat(stats().windowPackets()).as("the pause may halve it").isGreaterThan(window / 2);
    assertThat(stats().rtoNanos()).as("no backoff").isLessThan(SECOND);
  }

  @Test
  void aTailWithOneHoleNeedsNoCollapseOfTheWindow() {
    connect();
    deliver(200_000);
    int window = stats().windowPackets();
    long last = lastSent() + 1;
    dropCopies(last + 1, last + 1, 1);
    deliver(3 * 1812);
    assertThat(stats().fastRetransmissions()).isEqualTo(1);
    assertThat(stats().windowPackets()).isGreaterThan(window / 2);
  }

  @Test
  void aLostFlightComesBack() {
    connect();
    deliver(300_000);
    long last = lastSent();
    dropCopies(last + 1, last + 80, 1);
    deliver(300_000);
    assertThat(stats().bytesAcknowledged()).isLessThanOrEqualTo(stats().bytesSent());
  }

  @Test
  void reorderingAloneIsNotLoss() {
    pair.jitter = 30 * MILLI;
    connect();
    deliver(2_000_000);
    pair.run(SECOND);
    long needless = stats().fastRetransmissions() + stats().timeoutRetransmissions();
    assertThat(needless).as("of 1,100 packets").isLessThan(6);
    assertThat(stats().windowPackets()).as("false alarms are taken back").isGreaterThan(100);
  }

  @Test
  void aPathThatGetsSlowerIsLearned() {
    connect();
    deliver(20_000);
    pair.latency = 1500 * MILLI;
    deliver(400_000);
    pair.run(10 * SECOND);
    long before = stats().timeoutRetransmissions();
    assertThat(stats().smoothedRttNanos()).isGreaterThan(2 * SECOND);
    deliver(400_000);
    assertThat(stats().timeoutRetransmissions()).isEqualTo(before);
  }

  @Test
  void aDeadPeerIsNoticed() {
    connect();
    pair.script = (from, count, packet) -> true;
    pair.write(pair.client, 10_000);
    pair.runUntil(301 * SECOND, () -> pair.client.closed != null);
    assertThat(pair.client.closed).isEqualTo(CloseReason.PEER_GONE);
  }

  @Test
  void idleThenBurstAndSmallWritesNeedNoRetransmissionOnAPerfectPath() {
    connect();
    deliver(400_000);
    pair.run(70 * SECOND);
    deliver(400_000);
    for (int i = 0; i < 50; i++) {
      pair.writeUnflushed(pair.client, 10);
      pair.run(7 * MILLI);
      pair.write(pair.server, 100);
    }
    pair.finish(pair.client);
    pair.finish(pair.server);
    pair.runUntil(10 * SECOND, () -> pair.client.closed != null && pair.server.closed != null);
    ConnectionStats server = pair.server.connection.stats();
    assertThat(stats().fastRetransmissions() + stats().timeoutRetransmissions()).isZero();
    assertThat(server.fastRetransmissions() + server.timeoutRetransmissions()).isZero();
  }

  @Test
  void theWindowNeverSpansMoreThanAJavaReceiverTakes() {
    long[] widest = new long[1];
    pair.script =
        (from, count, packet) -> {
          if (from == Pair.CLIENT && packet.sequence() > 0) {
            widest[0] = Math.max(widest[0], packet.sequence() - pair.client.released / 1812);
          }
          return count > 2000 && count % 50 == 0;
        };
    connect();
    deliver(8_000_000);
    assertThat(widest[0]).isEqualTo(124);
  }
}
