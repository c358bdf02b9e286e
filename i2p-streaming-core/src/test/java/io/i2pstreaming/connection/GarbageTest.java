package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.wire.PacketFlags;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A3 A4 hostile packets")
class GarbageTest {
  private static final long SECOND = Pair.SECOND;

  private final Pair pair = connected();
  private final int clientId = pair.client.connection.receiveStreamId();
  private final int serverId = pair.server.connection.receiveStreamId();

  private static Pair connected() {
    Pair pair = new Pair(11, Pair.config(), Pair.config());
    pair.open().runUntil(SECOND, () -> pair.client.connected + pair.server.connected == 2);
    pair.run(SECOND);
    return pair;
  }

  private void exchange() {
    long toServer = pair.server.received + 200_000;
    long toClient = pair.client.received + 200_000;
    pair.write(pair.client, 200_000);
    pair.write(pair.server, 200_000);
    pair.runUntil(
        60 * SECOND, () -> pair.server.received == toServer && pair.client.received == toClient);
  }

  private void toServer(long sequence, long ackThrough, int payload, long... nacks) {
    pair.inject(
        pair.server, Forger.data(serverId, clientId, sequence, ackThrough, 0, payload, nacks));
  }

  @Test
  void acksOfWhatWasNeverSentAreIgnored() {
    pair.write(pair.server, 100_000);
    toServer(0, 4_000_000_000L, 0);
    toServer(0, 100, 0);
    assertThat(pair.server.released).isZero();
    exchangeAfter(100_000);
  }

  private void exchangeAfter(long bytes) {
    pair.runUntil(60 * SECOND, () -> pair.client.received == bytes);
    exchange();
    assertThat(pair.server.closed).isNull();
  }

  @Test
  void nacksOfWhatWasNeverSentOrAtOrAboveAckThroughDoNoHarm() {
    pair.write(pair.server, 100_000);
    for (int i = 0; i < 10; i++) {
      toServer(0, 3, 0, 3, 4, 5, 4_000_000_000L);
      toServer(0, 0, 0, 0, 1, 2);
    }
    exchangeAfter(100_000);
  }

  @Test
  void farFutureNumbersCostNothingEvenWithoutPayload() {
    long ignored = pair.server.connection.packetsIgnored();
    toServer(513, 0, 0);
    toServer(4_294_967_295L, 0, 0);
    toServer(600, 0, 100);
    assertThat(pair.server.connection.packetsIgnored() - ignored).isEqualTo(3);
    exchange();
  }

  @Test
  void aPlainAckWithPayloadDeliversNothing() {
    toServer(0, 0, 50);
    assertThat(pair.server.received).isZero();
    exchange();
  }

  @Test
  void aSynWithANumberAndASecondSynAckDoNothing() {
    pair.inject(pair.client, Forger.data(clientId, serverId, 7, 0, PacketFlags.SYNCHRONIZE, 10));
    pair.inject(
        pair.client, Forger.data(clientId, serverId + 1, 0, 0, PacketFlags.SYNCHRONIZE, 10));
    exchange();
  }

  @Test
  void moreHolesThanAPacketCanListLowerTheAcknowledgement() {
    ReceiveWindow window = new ReceiveWindow(1024);
    Side sink = new Side(1, 2);
    for (int sequence = 1; sequence < 800; sequence += 2) {
      window.accept(sequence, new byte[0], 0, 0, sink);
    }
    assertThat(window.ackThrough(255)).isEqualTo(509);
    assertThat(window.ackThrough(0)).isEqualTo(-1);
    assertThat(window.ackThrough(400)).isEqualTo(799);
    for (int sequence = 0; sequence < 512; sequence += 2) {
      window.accept(sequence, new byte[0], 0, 0, sink);
    }
    assertThat(window.expected()).isEqualTo(512);
    assertThat(window.ackThrough(255)).isEqualTo(799);
  }

  @Test
  void everyFieldAtRandomBreaksNothing() {
    Random random = new Random(42);
    int[] flags = {
      0,
      PacketFlags.NO_ACK,
      PacketFlags.CLOSE,
      PacketFlags.RESET,
      PacketFlags.SYNCHRONIZE,
      PacketFlags.SYNCHRONIZE | PacketFlags.CLOSE,
      PacketFlags.ECHO
    };
    for (int round = 0; round < 200; round++) {
      Side victim = random.nextBoolean() ? pair.client : pair.server;
      int own = victim == pair.client ? clientId : serverId;
      int other = victim == pair.client ? serverId : clientId;
      for (int i = 0; i < 100; i++) {
        long[] nacks = random.longs(random.nextInt(20), 0, 300).toArray();
        long sequence = random.nextInt(4) == 0 ? random.nextLong(1L << 32) : 0;
        long through = random.nextBoolean() ? random.nextLong(1L << 32) : random.nextInt(400);
        int send = random.nextInt(10) == 0 ? random.nextInt() : own;
        int receive = random.nextInt(10) == 0 ? random.nextInt() : other;
        int flag = flags[random.nextInt(flags.length)];
        pair.inject(victim, Forger.data(send, receive, sequence, through, flag, 0, nacks));
      }
      pair.write(pair.client, random.nextInt(20_000));
      pair.write(pair.server, random.nextInt(20_000));
      pair.run(100 * Pair.MILLI);
    }
    assertThat(pair.client.closed).isNull();
    assertThat(pair.server.closed).isNull();
  }
}
