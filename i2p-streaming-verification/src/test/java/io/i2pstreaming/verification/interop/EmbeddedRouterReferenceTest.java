package io.i2pstreaming.verification.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.embedded.EmbeddedRouter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("interop")
@DisplayName("C1 the unmodified reference library against the embedded router's TCP port")
class EmbeddedRouterReferenceTest {
  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final long BYTES = 1 << 20;

  private static EmbeddedRouter router;
  private static RemotePeer server;

  @BeforeAll
  static void start() throws Exception {
    router = EmbeddedRouter.builder().port(0).build();
    router.start();
    server = RemotePeer.start(router.port());
    server.serve(7, Service.ECHO);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    if (router != null) {
      router.close();
    }
  }

  @Test
  void echoesWithEachKindOfLeaseSet() throws IOException {
    echo(List.of());
    echo(List.of("i2cp.leaseSetEncType=0"));
    echo(List.of("i2cp.leaseSetEncType=4,0", "i2cp.fastReceive=false"));
    echo(List.of("i2cp.messageReliability=BestEffort", "i2cp.destination.sigType=1"));
    assertThat(router.stats().lost() + router.stats().overflowed()).isZero();
    assertThat(router.droppedMessages()).isZero();
  }

  @Test
  void pings() throws IOException {
    try (RemotePeer client = RemotePeer.start(router.port())) {
      assertThat(client.ping(server.destination(), 7, DEADLINE)).isGreaterThanOrEqualTo(0);
    }
  }

  private static void echo(List<String> options) throws IOException {
    try (RemotePeer client = RemotePeer.start(router.port(), options)) {
      Report echo = client.dial(Exchange.ECHO, server.destination(), 7, BYTES, 1, DEADLINE);
      assertThat(echo.failure()).isEmpty();
      assertThat(echo.received()).isEqualTo(BYTES);
      assertThat(echo.receivedSha256()).isEqualTo(echo.sentSha256());
    }
  }
}
