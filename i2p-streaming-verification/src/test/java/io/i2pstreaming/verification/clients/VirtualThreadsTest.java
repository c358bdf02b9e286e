package io.i2pstreaming.verification.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A18 virtual threads")
@Timeout(300)
class VirtualThreadsTest {
  @Test
  @DisplayName("A18 a thousand blocked readers progress on one carrier thread")
  void readersDoNotPinTheirCarrier() throws Exception {
    OwnJvm.needsNewerJava("virtual threads are there since Java 21");
    assertThat(
            OwnJvm.run(
                VirtualReaders.class,
                List.of(),
                List.of(
                    "-Djdk.virtualThreadScheduler.parallelism=1",
                    "-Djdk.virtualThreadScheduler.maxPoolSize=1")))
        .contains("answered: 1000");
  }
}
