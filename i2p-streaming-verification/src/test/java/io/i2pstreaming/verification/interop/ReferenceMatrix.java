package io.i2pstreaming.verification.interop;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The matrix with the unmodified reference library, whatever the router. */
abstract class ReferenceMatrix extends LossMatrix {
  OurPeer dialler;
  OurPeer dialled;
  RemotePeer reference;

  final void serve() {
    for (Peer peer : List.of(dialled, reference)) {
      peer.serve(SINK_PORT, Service.SIZED_SINK);
      peer.serve(SOURCE_PORT, Service.SOURCE);
    }
  }

  @Override
  List<Cell> cells() {
    return List.of(
        cell("we dial and send", dialler, Exchange.UP_SIZED, reference, OUR_BYTES, dialler),
        cell("we dial, it sends", dialler, Exchange.DOWN, reference, THEIR_BYTES, null),
        cell("it dials and sends", reference, Exchange.UP_SIZED, dialled, THEIR_BYTES, null),
        cell("it dials, we send", reference, Exchange.DOWN, dialled, OUR_BYTES, dialled));
  }

  static Cell cell(
      String name,
      Peer dialler,
      Exchange exchange,
      Peer server,
      long bytes,
      @Nullable OurPeer sender) {
    int port = exchange == Exchange.DOWN ? SOURCE_PORT : SINK_PORT;
    return new Cell(
        name, dialler, exchange, server.destination(), port, server, port, bytes, sender);
  }

  @Override
  void stopPeers() throws IOException {
    for (Peer peer : new Peer[] {reference, dialler, dialled}) {
      if (peer != null) {
        peer.close();
      }
    }
  }
}
