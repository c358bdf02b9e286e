package io.i2pstreaming.verification.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.link.TcpRouterAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B2 with the reference library through a real Java router")
class JavaRouterInteropTest extends ReferenceExchanges {
  private static final long SOME = 1 << 20;

  private JavaRouterProcess router;

  @Override
  RouterAddress startRouter() throws Exception {
    router = JavaRouterProcess.started();
    return new TcpRouterAddress("127.0.0.1", router.port);
  }

  @Override
  int i2cpPort() {
    return router.port;
  }

  @Override
  void stopRouter() {
    if (router != null) {
      router.close();
    }
  }

  @Test
  @DisplayName("A11 with keys that have an offline signature, both ways, and pings")
  void offlineKeys() throws Exception {
    RouterAddress address = new TcpRouterAddress("127.0.0.1", router.port);
    try (OurPeer offline = OurPeer.start(address, List.of(), I2cpSessionTest.offlineKeys())) {
      offline.serve(7, Service.ECHO);
      assertEcho(offline, reference, SOME);
      assertEcho(reference, offline, SOME);
      assertThat(offline.ping(reference.destination(), 7, DEADLINE)).isGreaterThanOrEqualTo(0);
      assertThat(reference.ping(offline.destination(), 7, DEADLINE)).isGreaterThanOrEqualTo(0);
    }
  }
}
