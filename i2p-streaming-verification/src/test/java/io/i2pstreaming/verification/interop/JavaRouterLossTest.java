package io.i2pstreaming.verification.interop;

import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.link.TcpRouterAddress;
import org.junit.jupiter.api.DisplayName;

@DisplayName("B3 a real Java router is killed and started again")
class JavaRouterLossTest extends RouterLoss {
  private JavaRouterProcess router;

  @Override
  RouterAddress startRouter() throws Exception {
    router = JavaRouterProcess.started();
    return new TcpRouterAddress("127.0.0.1", router.port);
  }

  @Override
  void killRouter() {
    router.kill();
  }

  @Override
  void restartRouter() throws Exception {
    router.restart();
  }

  @Override
  void stopRouter() {
    if (router != null) {
      router.close();
    }
  }
}
