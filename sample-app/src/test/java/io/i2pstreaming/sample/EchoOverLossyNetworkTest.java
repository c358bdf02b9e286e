package io.i2pstreaming.sample;

import static io.i2pstreaming.test.I2PAssertions.assertThat;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.test.I2PStreamingTest;
import io.i2pstreaming.test.I2PTestNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

@DisplayName("D9 the sample's services without its web side, on a lossy network")
@I2PStreamingTest(seed = 4711, latency = "5ms", loss = "10%")
@Import(DiscardJournal.class)
class EchoOverLossyNetworkTest {
  @Autowired private StreamManager serving;
  @Autowired private I2PTestNetwork network;

  @Test
  void echoesWhatIsSentAgain() throws Exception {
    byte[] body = new byte[200_000];
    new Random(4711).nextBytes(body);
    StreamManager peer = network.peer();
    try (I2PSocket socket =
        peer.connect(I2PAddress.of(serving.destination(), StreamServices.ECHO_PORT))) {
      socket.getOutputStream().write(body);
      socket.shutdownOutput();
      assertThat(socket).receives(body).receivesEnd();
    }
    assertThat(peer).hasRetransmitted();
  }

  @Test
  void answersInJson() throws Exception {
    try (I2PSocket socket =
        network.peer().connect(I2PAddress.of(serving.destination(), Summaries.PORT))) {
      say(socket, "{\"numbers\":[1,2]}\n");
      assertThat(socket).receivesLine("{\"count\":2,\"sum\":3.0,\"largest\":2.0}");
      // A lost reset is said again only to a peer that has something to repeat.
      network.loss(0);
      say(socket, "no JSON\n");
      assertThat(socket).receivesReset();
    }
  }

  private static void say(I2PSocket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  @Test
  void servesItsPage() throws Exception {
    try (I2PSocket socket = network.peer().connect(I2PAddress.of(serving.destination(), 80))) {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: page.i2p\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      assertThat(socket).receives("HTTP/1.1 200 OK\r\n");
    }
  }
}
