package io.i2pstreaming.verification.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.embedded.NetworkConditions;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.SigningKeyType;
import io.i2pstreaming.link.TcpRouterAddress;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** i2pd is the router of both ends; the bad network is between us and it. */
@DisplayName("A5 loss and jitter in front of i2pd: our streams and its own")
class I2pdMatrixTest extends LossMatrix {
  /** Shows only that dialling through a client tunnel works by now. */
  private static final int ECHO_PORT = 7;

  private TcpPeer behindTunnels;
  private int sinkTarget;
  private int sourceTarget;
  private I2pdProcess router;
  private I2cpRelay relay;
  private OurPeer dialler;
  private OurPeer dialled;

  @Override
  void startPeers() throws Exception {
    behindTunnels = new TcpPeer();
    sinkTarget = ChildProcess.freePort();
    sourceTarget = ChildProcess.freePort();
    behindTunnels.serve(sinkTarget, Service.SIZED_SINK);
    behindTunnels.serve(sourceTarget, Service.SOURCE);
    DestinationKeys keys =
        DestinationKeys.generate(SigningKeyType.EDDSA_SHA512_ED25519, new SecureRandom());
    router =
        I2pdProcess.started(
            List.of(sinkTarget, sourceTarget),
            keys.destination().base32(),
            List.of(SINK_PORT, SOURCE_PORT, ECHO_PORT));
    relay = I2cpRelay.started(router.port, 13);
    TcpRouterAddress address = new TcpRouterAddress("127.0.0.1", relay.port());
    dialled = OurPeer.begin(address, I2pdProcess.LEGACY_LEASE_SET, keys);
    dialler = OurPeer.begin(address, I2pdProcess.LEGACY_LEASE_SET);
    dialled.serve(SINK_PORT, Service.SIZED_SINK);
    dialled.serve(SOURCE_PORT, Service.SOURCE);
    dialled.serve(ECHO_PORT, Service.ECHO);
    dialled.awaitUp();
    dialler.awaitUp();
    for (int target : List.of(sinkTarget, sourceTarget)) {
      router.awaitServerTunnel(target, dialler);
    }
    router.awaitClientTunnel(ECHO_PORT);
  }

  @Test
  @DisplayName("A10 i2pd answers our pings")
  void answersPings() throws Exception {
    conditions(NetworkConditions.perfect());
    assertThat(dialler.ping(router.serverTunnelDestination(sinkTarget), 0, DEADLINE))
        .isGreaterThanOrEqualTo(0);
  }

  @Override
  List<Cell> cells() throws IOException {
    return List.of(
        new Cell(
            "we dial and send",
            dialler,
            Exchange.UP_SIZED,
            router.serverTunnelDestination(sinkTarget),
            SINK_PORT,
            behindTunnels,
            sinkTarget,
            OUR_BYTES,
            dialler),
        new Cell(
            "we dial, it sends",
            dialler,
            Exchange.DOWN,
            router.serverTunnelDestination(sourceTarget),
            SOURCE_PORT,
            behindTunnels,
            sourceTarget,
            THEIR_BYTES,
            null),
        new Cell(
            "it dials and sends",
            behindTunnels,
            Exchange.UP_SIZED,
            "tunnel",
            router.clientTunnelPort(SINK_PORT),
            dialled,
            SINK_PORT,
            THEIR_BYTES,
            null),
        new Cell(
            "it dials, we send",
            behindTunnels,
            Exchange.DOWN,
            "tunnel",
            router.clientTunnelPort(SOURCE_PORT),
            dialled,
            SOURCE_PORT,
            OUR_BYTES,
            dialled));
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
    for (Peer peer : new Peer[] {dialler, dialled, behindTunnels}) {
      if (peer != null) {
        peer.close();
      }
    }
    if (relay != null) {
      relay.close();
    }
    if (router != null) {
      router.close();
    }
  }
}
