package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A reader stops for 30 s and goes on, as in the tests with the reference. */
@DisplayName("A7 a reader that stops for 30 s")
class PausedReaderTest {
  private static final long SECOND = Pair.SECOND;
  private static final int BUDGET = 32 * 1024;
  private static final int SMALL = 60;

  @ParameterizedTest(name = "{0} writes, {1} at a time, loss {2}")
  @CsvSource({
    "client, 100000, 0", "server, 100000, 0", "both, 100000, 0",
    "client, 100000, 0.05", "server, 100000, 0.05", "both, 100000, 0.05",
    "client, 60, 0", "server, 60, 0", "both, 60, 0",
    "client, 60, 0.05", "server, 60, 0.05", "both, 60, 0.05",
  })
  void losesNothingAndDoesNotDeadlock(String writers, int chunk, double loss) {
    boolean up = !writers.equals("server");
    boolean down = !writers.equals("client");
    Pair pair = new Pair(31, config(), config());
    pair.open().runUntil(SECOND, () -> pair.client.connected + pair.server.connected == 2);
    pair.loss = loss;
    pair.client.autoRead = !down;
    pair.server.autoRead = !up;
    int rounds = chunk == SMALL ? 2000 : 3;
    for (int i = 0; i < rounds; i++) {
      if (up) {
        pair.write(pair.client, chunk);
      }
      if (down) {
        pair.write(pair.server, chunk);
      }
      pair.run(5 * Pair.MILLI);
    }
    pair.run(30 * SECOND);
    for (Side reader : new Side[] {pair.client, pair.server}) {
      boolean paused = !reader.autoRead;
      ConnectionStats stats = reader.connection.stats();
      assertThat(stats.chokesSent() > 0).as("choked the writer").isEqualTo(paused);
      assertThat(reader.unread()).isBetween(paused ? 1 : 0, BUDGET);
      reader.autoRead = true;
      pair.read(reader, BUDGET);
    }
    long total = (long) rounds * chunk;
    pair.runUntil(
        120 * SECOND,
        () ->
            pair.server.received == (up ? total : 0) && pair.client.received == (down ? total : 0));
    pair.finish(pair.client);
    pair.finish(pair.server);
    pair.runUntil(120 * SECOND, () -> pair.client.closed != null && pair.server.closed != null);
    assertThat(pair.client.closed).isEqualTo(CloseReason.CLEAN);
    assertThat(pair.server.closed).isEqualTo(CloseReason.CLEAN);
  }

  private static ConnectionConfig config() {
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
        BUDGET,
        it.congestionAlgorithm());
  }
}
