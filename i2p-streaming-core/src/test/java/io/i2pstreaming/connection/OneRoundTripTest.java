package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.wire.PacketFlags;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A2 request and response in one round trip")
class OneRoundTripTest {
  private static final long MILLI = Pair.MILLI;

  @Test
  void openingAnswerAndEndTakeOneRoundTripAndFourPackets() {
    Pair pair = new Pair(Pair.config());
    List<String> packets = new ArrayList<>();
    pair.script =
        (from, count, packet) -> {
          packets.add(
              (from == Pair.CLIENT ? "client" : "server")
                  + (packet.has(PacketFlags.SYNCHRONIZE) ? " SYN" : "")
                  + (packet.has(PacketFlags.CLOSE) ? " CLOSE" : "")
                  + " "
                  + packet.payloadLength());
          return false;
        };
    pair.afterEvent =
        () -> {
          if (pair.server.received == 400 && pair.server.written == 0) {
            pair.writeUnflushed(pair.server, 1200);
            pair.finish(pair.server);
          }
        };
    long start = pair.now;
    pair.write(pair.client, 400);
    pair.finish(pair.client);
    pair.open();
    pair.runUntil(Pair.SECOND, () -> pair.client.received == 1200 && pair.client.ended);

    assertThat(pair.now - start).as("the answer and its end").isEqualTo(200 * MILLI);

    pair.runUntil(Pair.SECOND, () -> pair.client.closed != null && pair.server.closed != null);
    assertThat(pair.now - start).as("both sides are through").isEqualTo(400 * MILLI);
    assertThat(packets)
        .containsExactly("client SYN 400", "server SYN CLOSE 1200", "client CLOSE 0", "server 0");
    assertThat(pair.client.closed).isEqualTo(CloseReason.CLEAN);
    assertThat(pair.server.closed).isEqualTo(CloseReason.CLEAN);
  }
}
