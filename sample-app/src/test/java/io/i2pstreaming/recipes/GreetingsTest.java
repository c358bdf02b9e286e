package io.i2pstreaming.recipes;

import static io.i2pstreaming.test.I2PAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.test.I2PStreamingTest;
import io.i2pstreaming.test.I2PTestNetwork;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@I2PStreamingTest(latency = "20ms", loss = "5%", seed = 7)
class GreetingsTest {
  @Autowired private I2PTestNetwork network;
  @Autowired private StreamManager i2p;

  @Test
  void greets() throws Exception {
    try (I2PSocket socket = network.peer().connect(I2PAddress.of(i2p.destination(), 79))) {
      socket.getOutputStream().write("you\n".getBytes(UTF_8));
      socket.getOutputStream().flush();
      assertThat(socket).receives("hello you\n");
    }
  }
}
