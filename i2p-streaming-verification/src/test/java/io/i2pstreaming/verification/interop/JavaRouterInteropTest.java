package io.i2pstreaming.verification.interop;

import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.link.TcpRouterAddress;
import org.junit.jupiter.api.DisplayName;

@DisplayName("B2 with the reference library through a real Java router")
class JavaRouterInteropTest extends ReferenceExchanges {
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
}
