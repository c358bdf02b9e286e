package io.i2pstreaming.verification.interop;

import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.link.TcpRouterAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;

@DisplayName("B3 i2pd is killed and started again")
class I2pdLossTest extends RouterLoss {
  private I2pdProcess router;

  @Override
  RouterAddress startRouter() throws Exception {
    router = I2pdProcess.started(List.of(), "", List.of());
    return new TcpRouterAddress("127.0.0.1", router.port);
  }

  @Override
  List<String> sessionOptions() {
    return I2pdProcess.LEGACY_LEASE_SET;
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
