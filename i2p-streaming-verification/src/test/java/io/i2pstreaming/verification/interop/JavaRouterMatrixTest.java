package io.i2pstreaming.verification.interop;

import io.i2pstreaming.embedded.NetworkConditions;
import io.i2pstreaming.link.TcpRouterAddress;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A5 loss and jitter in front of a real Java router: ours and the reference")
class JavaRouterMatrixTest extends ReferenceMatrix {
  private JavaRouterProcess router;
  private I2cpRelay relay;

  @Override
  void startPeers() throws Exception {
    router = JavaRouterProcess.started();
    relay = I2cpRelay.started(router.port, 12);
    TcpRouterAddress address = new TcpRouterAddress("127.0.0.1", relay.port());
    dialler = OurPeer.start(address, List.of());
    dialled = OurPeer.start(address, List.of());
    reference = RemotePeer.start(router.port);
    serve();
  }

  @Override
  void conditions(NetworkConditions conditions) {
    relay.conditions(conditions);
  }

  @Override
  long lost() {
    return relay.lost();
  }

  @Override
  void stopPeers() throws IOException {
    super.stopPeers();
    if (relay != null) {
      relay.close();
    }
    if (router != null) {
      router.close();
    }
  }
}
