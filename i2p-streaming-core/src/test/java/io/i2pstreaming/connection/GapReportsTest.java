package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A Java sender repeats a packet when three packets of ours have named it as missing. */
@DisplayName("A5 reports of a gap to senders that count them")
class GapReportsTest {
  private static final long MILLI = Pair.MILLI;
  private static final long SECOND = Pair.SECOND;

  private final Pair pair = new Pair(Pair.config());
  private long lostUntil;
  private long lostAbove;
  private int reports;
  private int acks;

  private void connectAndListen() {
    pair.open().runUntil(SECOND, () -> pair.client.connected + pair.server.connected == 2);
    pair.write(pair.client, 10_000);
    pair.run(SECOND);
    pair.script =
        (from, count, packet) -> {
          if (from == Pair.CLIENT) {
            return pair.now < lostUntil && packet.sequence() > lostAbove;
          }
          acks++;
          reports += packet.nackCount() > 0 ? 1 : 0;
          return false;
        };
  }

  private void loseOneAndSend(int packets) {
    lostUntil = pair.now + MILLI;
    pair.write(pair.client, 1000);
    lostUntil = 0;
    for (int i = 0; i < packets; i++) {
      pair.write(pair.client, 1000);
    }
  }

  @Test
  void aGapBeforeASinglePacketIsReportedThreeTimes() {
    connectAndListen();
    loseOneAndSend(1);
    pair.run(100 * MILLI + 60 * MILLI);
    assertThat(reports).as("within the time that two repeats take").isEqualTo(3);
    pair.run(30 * MILLI);
    assertThat(reports).as("and no more").isEqualTo(3);
  }

  @Test
  void furtherPacketsReportTheGapWithoutRepeats() {
    connectAndListen();
    loseOneAndSend(5);
    pair.run(190 * MILLI);
    assertThat(reports).isEqualTo(5);
  }

  @Test
  void nothingIsRepeatedForAPacketThatIsOnlyLate() {
    connectAndListen();
    long latency = pair.latency;
    pair.latency = latency + 10 * MILLI;
    pair.write(pair.client, 1000);
    pair.latency = latency;
    pair.write(pair.client, 1000);
    pair.run(SECOND);
    assertThat(reports).isEqualTo(1);
  }

  @Test
  void nothingIsRepeatedWithoutALoss() {
    connectAndListen();
    int before = acks;
    for (int i = 0; i < 10; i++) {
      pair.write(pair.client, 1000);
      pair.run(SECOND);
    }
    assertThat(acks - before).isEqualTo(10);
  }
}
