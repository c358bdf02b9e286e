package io.i2pstreaming.verification.interop;

import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.link.RouterAddress;
import org.junit.jupiter.api.DisplayName;

@DisplayName("B3 the embedded router is closed and started again")
class EmbeddedRouterLossTest extends RouterLoss {
  private EmbeddedRouter router;

  @Override
  RouterAddress startRouter() throws Exception {
    router = EmbeddedRouter.builder().seed(7).build();
    router.start();
    return router;
  }

  @Override
  void killRouter() {
    router.close();
  }

  @Override
  void restartRouter() throws Exception {
    router.start();
  }

  @Override
  void stopRouter() {
    if (router != null) {
      router.close();
    }
  }
}
