package io.i2pstreaming.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.wire.PacketFlags;
import io.i2pstreaming.wire.PacketWriter;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A1 maximum packet sizes that peers announce")
class PeerSizesTest {
  @ParameterizedTest
  @CsvSource({"0, 512", "511, 512", "512, 512", "513, 513", "1812, 1812", "1813, 1812", "-1, 1730"})
  void weSendWhatBothTakeButNeverLessThan512(int announced, int largest) {
    Pair pair = new Pair(Pair.config());
    int[] seen = new int[1];
    pair.script =
        (from, count, packet) -> {
          if (from == Pair.SERVER) {
            seen[0] = Math.max(seen[0], packet.payloadLength());
          }
          return false;
        };
    pair.client.connection.open(pair.now);
    int id = pair.client.connection.receiveStreamId();
    pair.inject(pair.server, syn(id, announced));
    int own = pair.server.connection.receiveStreamId();
    pair.inject(pair.server, Forger.data(own, id, 1, 0, 0, 0));
    pair.write(pair.server, 10_000);
    assertThat(seen[0]).isEqualTo(largest);
  }

  private static byte[] syn(int streamId, int announced) {
    byte[] packet = new byte[1000];
    FakeAuth auth = new FakeAuth(1, 2);
    PacketWriter writer = new PacketWriter().begin(packet, 0, streamId, 0, 0);
    writer.flags(1, PacketFlags.SYNCHRONIZE | PacketFlags.NO_ACK).from(auth.localDestination());
    if (announced >= 0) {
      writer.maxPacketSize(announced);
    }
    writer.signature(auth.signatureLength()).endOptions();
    int length = writer.payload(0);
    auth.sign(packet, 0, length, writer.signatureOffset());
    return Arrays.copyOf(packet, length);
  }
}
