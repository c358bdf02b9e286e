package io.i2pstreaming.verification.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("interop")
@DisplayName("The reference library with itself: what the other interoperation tests stand on")
class ReferencePeerTest {
  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final long BYTES = 1 << 20;

  private static JavaRouterProcess router;
  private static RemotePeer server;
  private static RemotePeer client;

  @BeforeAll
  static void start() throws Exception {
    router = JavaRouterProcess.started();
    server = RemotePeer.start(router.port);
    client = RemotePeer.start(router.port);
  }

  @AfterAll
  static void stop() {
    if (client != null) {
      client.close();
    }
    if (server != null) {
      server.close();
    }
    if (router != null) {
      router.close();
    }
  }

  @Test
  void movesBytesBothWaysAndComparesThem() {
    server.serve(7, Service.ECHO);
    server.serve(9, Service.SINK);
    server.serve(19, Service.SOURCE);

    Report echo = client.dial(Exchange.ECHO, server.destination(), 7, BYTES, 1, DEADLINE);
    assertThat(echo.failure()).isEmpty();
    assertThat(echo.received()).isEqualTo(BYTES);
    assertThat(echo.receivedSha256()).isEqualTo(echo.sentSha256());

    Report up = client.dial(Exchange.UP, server.destination(), 9, BYTES, 2, DEADLINE);
    Report sink = server.served(9, DEADLINE);
    assertThat(up.failure()).isEmpty();
    assertThat(sink.received()).isEqualTo(BYTES);
    assertThat(sink.receivedSha256()).isEqualTo(up.sentSha256());

    Report down = client.dial(Exchange.DOWN, server.destination(), 19, BYTES, 3, DEADLINE);
    assertThat(down.failure()).isEmpty();
    assertThat(down.receivedSha256()).isEqualTo(server.served(19, DEADLINE).sentSha256());
  }

  @Test
  void seesResetsAndUnservedPorts() {
    server.serve(70, Service.RESET);
    assertThat(client.dial(Exchange.UNTIL_END, server.destination(), 70, 10, 1, DEADLINE).failure())
        .matches(ReferenceExchanges.RESET_AS_IT_SAYS);
    assertThat(client.dial(Exchange.UNTIL_END, server.destination(), 71, 10, 1, DEADLINE).ok())
        .isFalse();
  }

  @Test
  void pings() {
    assertThat(client.ping(server.destination(), 7, DEADLINE)).isGreaterThanOrEqualTo(0);
  }

  @Test
  void halfCloses() {
    server.serve(8, Service.HALF_CLOSE);
    Report report = client.dial(Exchange.HALF_CLOSE, server.destination(), 8, 5000, 4, DEADLINE);
    assertThat(report.failure()).isEmpty();
    assertThat(report.received()).isEqualTo(32 + 5000);
  }
}
