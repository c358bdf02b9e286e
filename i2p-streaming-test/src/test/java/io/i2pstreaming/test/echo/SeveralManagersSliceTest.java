package io.i2pstreaming.test.echo;

import static io.i2pstreaming.test.I2PAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.test.I2PStreamingTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.test.context.ActiveProfiles;

@DisplayName("D9 test slice with several managers")
@I2PStreamingTest
@ActiveProfiles("several")
class SeveralManagersSliceTest {
  @Autowired
  @Qualifier("first")
  private StreamManager first;

  @Autowired
  @Qualifier("second")
  private StreamManager second;

  @Test
  void allAreOnTheNetworkOfTheTestAndNoneTouchesItsFiles() throws Exception {
    assertThat(first).isUp();
    assertThat(second).isUp();
    try (I2PSocket socket = second.connect(I2PAddress.of(first.destination(), 7))) {
      socket.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      assertThat(socket).receives("hello").receivesEnd();
    }
    assertThat(Path.of("target/touched")).doesNotExist();
  }
}
