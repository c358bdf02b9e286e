package io.i2pstreaming.verification.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.SigningKeyType;
import io.i2pstreaming.link.TcpRouterAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * i2pd as a router and, behind its tunnels, as a streaming peer. It has no half-close: whoever ends
 * first must have read everything.
 */
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("B2 with i2pd")
class I2pdInteropTest {
  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final long BYTES = 8 << 20;
  private static final int PORT = 7;

  private TcpEcho echo;
  private I2pdProcess router;
  private OurPeer server;
  private OurPeer client;

  @BeforeAll
  void start() throws Exception {
    DestinationKeys keys =
        DestinationKeys.generate(SigningKeyType.EDDSA_SHA512_ED25519, new SecureRandom());
    echo = new TcpEcho();
    router = I2pdProcess.started(List.of(echo.port()), keys.destination().base32(), List.of(PORT));
    TcpRouterAddress address = new TcpRouterAddress("127.0.0.1", router.port);
    server = OurPeer.begin(address, I2pdProcess.LEGACY_LEASE_SET, keys);
    client = OurPeer.begin(address, I2pdProcess.LEGACY_LEASE_SET);
    server.serve(PORT, Service.ECHO);
    server.awaitUp();
    client.awaitUp();
    router.awaitServerTunnel(echo.port(), client);
    router.awaitClientTunnel(PORT);
    client.awaitPong(server);
  }

  @AfterAll
  void stop() throws Exception {
    if (client != null) {
      client.close();
    }
    if (server != null) {
      server.close();
    }
    if (router != null) {
      router.close();
    }
    echo.close();
  }

  @Test
  @DisplayName("our client to its server tunnel: 8 MiB each way")
  void weDialItsServerTunnel() throws Exception {
    assertIntact(
        "we dial its server tunnel",
        client.dial(
            Exchange.ECHO, router.serverTunnelDestination(echo.port()), PORT, BYTES, 1, DEADLINE));
  }

  @Test
  @DisplayName("its client tunnel to our listener: 8 MiB each way")
  void itsClientTunnelDialsUs() {
    try (TcpPeer tunnel = new TcpPeer()) {
      assertIntact(
          "its client tunnel dials us",
          tunnel.dial(Exchange.ECHO, "tunnel", router.clientTunnelPort(PORT), BYTES, 2, DEADLINE));
    }
  }

  @Test
  @DisplayName("ours to ours through its I2CP: 8 MiB each way")
  void weDialOurselves() {
    assertIntact(
        "ours dials ours",
        client.dial(Exchange.ECHO, server.destination(), PORT, BYTES, 3, DEADLINE));
  }

  private static void assertIntact(String what, Report report) {
    assertThat(report.failure()).isEmpty();
    assertThat(report.sent()).isEqualTo(BYTES);
    assertThat(report.received()).isEqualTo(BYTES);
    assertThat(report.receivedSha256()).isEqualTo(report.sentSha256());
    System.out.printf(
        "FIGURE I2pdInteropTest: %s, echoes %d bytes, KB/s: %d%n",
        what, BYTES, report.kilobytesPerSecond());
  }
}
