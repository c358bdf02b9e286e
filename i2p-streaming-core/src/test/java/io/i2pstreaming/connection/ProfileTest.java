package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.wire.PacketFlags;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A15 profiles")
class ProfileTest {
  private static final long MILLI = Pair.MILLI;
  private static final long SECOND = Pair.SECOND;

  private final List<Long> sentAt = new ArrayList<>();
  private int syns;
  private int flagged;
  private int acks;

  private Pair pair(StreamProfile client, StreamProfile server) {
    return pair(Pair.config().withProfile(client), null, Pair.config().withProfile(server));
  }

  private Pair pair(ConnectionConfig client, PathMemory memory, ConnectionConfig server) {
    Pair pair = new Pair(1, client, memory, server);
    pair.script =
        (from, count, packet) -> {
          if (packet.has(PacketFlags.SYNCHRONIZE)) {
            syns++;
            flagged += packet.has(PacketFlags.PROFILE_INTERACTIVE) ? 1 : 0;
          } else if (from == Pair.CLIENT) {
            sentAt.add(pair.now);
          } else {
            acks++;
          }
          return false;
        };
    pair.open().runUntil(SECOND, () -> pair.client.connected + pair.server.connected == 2);
    pair.run(SECOND);
    return pair;
  }

  private long secondWriteWaits(StreamProfile profile) {
    Pair pair = pair(profile, StreamProfile.BULK);
    sentAt.clear();
    pair.writeUnflushed(pair.client, 100);
    long start = pair.now;
    pair.writeUnflushed(pair.client, 100);
    pair.runUntil(SECOND, () -> sentAt.size() == 2);
    return sentAt.get(1) - start;
  }

  @Test
  void aSmallWriteWaitsForMoreOnlyInBulk() {
    assertThat(secondWriteWaits(StreamProfile.BULK)).isEqualTo(20 * MILLI);
    assertThat(secondWriteWaits(StreamProfile.INTERACTIVE)).isZero();
  }

  private int acksOf(StreamProfile client, StreamProfile server) {
    Pair pair = pair(client, server);
    pair.write(pair.client, 4_000_000);
    acks = 0;
    pair.runUntil(60 * SECOND, () -> pair.server.received == 4_000_000);
    return acks;
  }

  @Test
  void eitherSideMakesAcksMoreFrequent() {
    int bulk = acksOf(StreamProfile.BULK, StreamProfile.BULK);
    assertThat(acksOf(StreamProfile.BULK, StreamProfile.INTERACTIVE)).isGreaterThan(bulk * 3 / 2);
    assertThat(acksOf(StreamProfile.INTERACTIVE, StreamProfile.BULK))
        .as("the SYN tells the peer")
        .isGreaterThan(bulk * 3 / 2);
  }

  @Test
  void theFirstPacketsSayWhichProfileTheirSideHas() {
    pair(StreamProfile.BULK, StreamProfile.BULK);
    assertThat(flagged).isZero();
    pair(StreamProfile.INTERACTIVE, StreamProfile.BULK);
    assertThat(flagged).isEqualTo(1);
    pair(StreamProfile.INTERACTIVE, StreamProfile.INTERACTIVE);
    assertThat(flagged).isEqualTo(3);
    assertThat(syns).isEqualTo(6);
  }

  private int sentAtOnce(StreamProfile profile) {
    PathMemory memory = new PathMemory(200 * MILLI, MILLI, 40);
    Pair pair = pair(Pair.config().withProfile(profile), memory, Pair.config());
    sentAt.clear();
    long start = pair.now;
    pair.write(pair.client, 40 * 1812);
    pair.run(150 * MILLI);
    assertThat(sentAt).as("all within the round trip").hasSize(40);
    return (int) sentAt.stream().filter(at -> at == start).count();
  }

  @Test
  void aRememberedWindowIsSpreadOnlyInBulk() {
    assertThat(sentAtOnce(StreamProfile.BULK)).isEqualTo(10);
    assertThat(sentAtOnce(StreamProfile.INTERACTIVE)).isEqualTo(40);
  }
}
