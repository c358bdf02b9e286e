package io.i2pstreaming.verification.interop;

import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.embedded.NetworkConditions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A5 loss and jitter on the embedded router: ours and the reference")
class EmbeddedRouterMatrixTest extends ReferenceMatrix {
  private EmbeddedRouter router;
  private OurPeer alsoDialler;
  private OurPeer alsoDialled;

  @Override
  void startPeers() throws Exception {
    router = EmbeddedRouter.builder().seed(11).port(0).build();
    router.start();
    dialler = OurPeer.start(router, List.of());
    dialled = OurPeer.start(router, List.of());
    alsoDialler = OurPeer.start(router, List.of());
    alsoDialled = OurPeer.start(router, List.of());
    reference = RemotePeer.start(router.port());
    alsoDialled.serve(SINK_PORT, Service.SIZED_SINK);
    serve();
  }

  @Override
  List<Cell> cells() {
    List<Cell> cells = new ArrayList<>(super.cells());
    cells.add(
        cell("ours to ours", alsoDialler, Exchange.UP_SIZED, alsoDialled, OUR_BYTES, alsoDialler));
    return cells;
  }

  @Override
  void conditions(NetworkConditions conditions) {
    router.conditions(conditions);
  }

  @Override
  long lost() {
    return router.stats().lost();
  }

  @Override
  void stopPeers() throws IOException {
    super.stopPeers();
    for (Peer peer : new Peer[] {alsoDialler, alsoDialled}) {
      if (peer != null) {
        peer.close();
      }
    }
    if (router != null) {
      router.close();
    }
  }
}
