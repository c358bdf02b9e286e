package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A3 A7 packet sizes")
class PacketizingTest {
  private static final long MILLI = Pair.MILLI;
  private static final long SECOND = Pair.SECOND;

  private final List<Integer> payloads = new ArrayList<>();

  private static ConnectionConfig mtu(int bytes) {
    ConnectionConfig it = Pair.config();
    return new ConnectionConfig(
        it.initialWindowPackets(),
        it.maxWindowPackets(),
        bytes,
        it.initialRtoNanos(),
        it.initialAckDelayNanos(),
        it.initialResendDelaySeconds(),
        it.connectTimeoutNanos(),
        it.connectDelayNanos(),
        it.maxResends(),
        it.inactivityTimeoutNanos(),
        it.inactivityAction(),
        it.receiveBudgetBytes(),
        it.congestionAlgorithm());
  }

  private Pair connected(int clientMtu, int serverMtu) {
    Pair pair = new Pair(9, mtu(clientMtu), mtu(serverMtu));
    pair.open().runUntil(SECOND, () -> pair.client.connected + pair.server.connected == 2);
    pair.run(SECOND);
    pair.script =
        (from, count, packet) -> {
          if (from == Pair.CLIENT && packet.payloadLength() > 0) {
            payloads.add(packet.payloadLength());
          }
          return false;
        };
    return pair;
  }

  private int largest(int clientMtu, int serverMtu) {
    payloads.clear();
    Pair pair = connected(clientMtu, serverMtu);
    pair.write(pair.client, 20_000);
    pair.runUntil(10 * SECOND, () -> pair.server.received == 20_000);
    return payloads.stream().mapToInt(Integer::intValue).max().orElseThrow();
  }

  @Test
  void theSmallerMaximumCountsButNotBelow512() {
    assertThat(largest(1812, 1812)).isEqualTo(1812);
    assertThat(largest(1812, 1730)).isEqualTo(1730);
    assertThat(largest(1000, 1812)).isEqualTo(1000);
    assertThat(largest(1812, 100)).isEqualTo(512);
  }

  @Test
  void aPayloadLargerThanWeAnnouncedIsTaken() {
    Pair pair = connected(1812, 512);
    byte[] packet =
        Forger.data(
            pair.server.connection.receiveStreamId(),
            pair.client.connection.receiveStreamId(),
            1,
            0,
            0,
            0);
    byte[] large = new byte[packet.length + 3000];
    System.arraycopy(packet, 0, large, 0, packet.length);
    for (int i = 0; i < 3000; i++) {
      large[packet.length + i] = Side.byteAt(1, i);
    }
    pair.inject(pair.server, large);
    assertThat(pair.server.received).isEqualTo(3000);
  }

  @Test
  void smallWritesShareAPacketWhileOneIsInFlight() {
    Pair pair = connected(1812, 1812);
    for (int i = 0; i < 15; i++) {
      pair.writeUnflushed(pair.client, 10);
      pair.run(MILLI);
    }
    pair.run(100 * MILLI);
    assertThat(payloads).containsExactly(10, 140);
    assertThat(pair.server.received).isEqualTo(10);
    pair.run(50 * MILLI);
    assertThat(pair.server.received).as("after 20 ms and the path").isEqualTo(150);
  }

  @Test
  void flushLeavesAtOnce() {
    Pair pair = connected(1812, 1812);
    pair.write(pair.client, 10);
    pair.write(pair.client, 20);
    assertThat(payloads).containsExactly(10, 20);
  }

  @Test
  void aRetransmissionKeepsItsBorders() {
    Pair pair = connected(1812, 1812);
    pair.script =
        (from, count, packet) -> {
          if (from == Pair.CLIENT && packet.payloadLength() > 0) {
            payloads.add(packet.payloadLength());
            return payloads.size() == 1;
          }
          return false;
        };
    pair.write(pair.client, 700);
    pair.run(10 * MILLI);
    pair.writeUnflushed(pair.client, 5);
    pair.runUntil(5 * SECOND, () -> pair.server.received == 705);
    assertThat(payloads).containsExactly(700, 5, 700);
  }

  @Test
  void acksAreFewInSteadyTransfer() {
    Pair pair = connected(1812, 1812);
    int acks = pair.sent(pair.server);
    pair.write(pair.client, 3_000_000);
    pair.runUntil(60 * SECOND, () -> pair.server.received == 3_000_000);
    assertThat(pair.sent(pair.server) - acks).isLessThan(payloads.size() / 3);
  }
}
