package io.i2pstreaming.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.SigningKeyType;
import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.link.RouterLink;
import io.i2pstreaming.link.TcpRouterAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("C1, C2, C4 the embedded router in real time")
@Timeout(300)
class EmbeddedRouterTest {
  private final EmbeddedRouter router = EmbeddedRouter.builder().seed(3).port(0).build();

  @AfterEach
  void stop() {
    router.close();
  }

  @Test
  void twoClientsExchangePayloadsOverTcpAndInProcess() throws IOException {
    router.start();
    RouterAddress tcp = new TcpRouterAddress("127.0.0.1", router.port());
    try (LinkedClient alice = new LinkedClient(tcp.newLink(), newKeys()).reachable();
        LinkedClient bob = new LinkedClient(tcp.newLink(), newKeys()).reachable();
        LinkedClient carol = new LinkedClient(router.newLink(), newKeys()).reachable()) {
      for (int i = 0; i < 300; i++) {
        alice.message(bob.keys.destination(), new byte[1700], 0);
        bob.message(carol.keys.destination(), new byte[1700], 0);
        carol.message(alice.keys.destination(), new byte[1700], 0);
      }
      bob.await(() -> bob.payloads == 300);
      carol.await(() -> carol.payloads == 300);
      alice.await(() -> alice.payloads == 300);
      assertThat(router.stats().delivered()).isEqualTo(3 + 900);
      assertThat(router.droppedMessages()).isZero();
    }
  }

  @Test
  void aMessageToOneselfPassesTheNetworkToo() throws IOException {
    router.start();
    try (LinkedClient alice = new LinkedClient(router.newLink(), newKeys()).up()) {
      alice.message(alice.keys.destination(), new byte[10], 4);
      alice.await(() -> alice.events.contains("4 GUARANTEED_SUCCESS"));
      assertThat(alice.payloads).isEqualTo(1);
      assertThat(router.stats().sent()).isEqualTo(1);
    }
  }

  @Test
  void onlyARunningRouterTakesANewSeed() throws IOException {
    assertThatIllegalStateException().isThrownBy(() -> router.reseed(1));
    router.start();
    router.reseed(1);
    router.close();
    assertThatIllegalStateException().isThrownBy(() -> router.reseed(1));
  }

  @Test
  void linksSeeItStopAndItsClientsComeBackAfterARestart() throws IOException {
    router.start();
    int port = router.port();
    RouterAddress tcp = new TcpRouterAddress("127.0.0.1", port);
    DestinationKeys keys = newKeys();
    LinkedClient alice = new LinkedClient(tcp.newLink(), keys).up();
    LinkedClient bob = new LinkedClient(router.newLink(), newKeys()).up();
    router.close();
    alice.awaitLinkClosed();
    bob.awaitLinkClosed();
    assertThat(bob.closedBy).hasMessage("the embedded router was stopped");
    assertThat(router.port()).isEqualTo(-1);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> new LinkedClient(router.newLink(), newKeys()))
        .withMessageContaining("call its start() first");

    router.start();
    assertThat(router.port()).isEqualTo(port);
    try (LinkedClient again = new LinkedClient(tcp.newLink(), keys).up()) {
      again.message(keys.destination(), new byte[10], 0);
      again.await(() -> again.payloads == 1);
    }
    alice.close();
    bob.close();
  }

  @Test
  void conditionsChangeWhileTrafficRuns() throws IOException {
    router.start();
    try (LinkedClient alice = new LinkedClient(router.newLink(), newKeys()).up();
        LinkedClient bob = new LinkedClient(router.newLink(), newKeys()).up()) {
      router.conditions(NetworkConditions.perfect().withLoss(1, 0));
      alice.message(bob.keys.destination(), new byte[10], 0);
      assertThat(router.stats().lost()).isEqualTo(1);
      router.conditions(
          alice.keys.destination(), bob.keys.destination(), NetworkConditions.perfect());
      alice.message(bob.keys.destination(), new byte[10], 0);
      bob.await(() -> bob.payloads == 1);
      bob.message(alice.keys.destination(), new byte[10], 0);
      assertThat(router.stats().lost()).isEqualTo(2);
      router.conditions(NetworkConditions.perfect());
      bob.message(alice.keys.destination(), new byte[10], 0);
      alice.await(() -> alice.payloads == 1);
      assertThat(router.conditions()).isEqualTo(NetworkConditions.perfect());
    }
  }

  @Test
  void aClientThatClosesFreesItsDestination() throws IOException {
    router.start();
    DestinationKeys keys = newKeys();
    RouterAddress tcp = new TcpRouterAddress("127.0.0.1", router.port());
    for (RouterAddress address : new RouterAddress[] {tcp, router, tcp, router}) {
      LinkedClient client = new LinkedClient(address.newLink(), keys).up();
      client.i2cp.close(0);
      client.awaitLinkClosed();
      client.close();
    }
  }

  @Test
  void aSlowTcpClientStallsNobodyAndLosesMessages() throws IOException {
    router.start();
    ScriptedClient script = new ScriptedClient();
    try (LinkedClient alice = new LinkedClient(router.newLink(), newKeys()).up();
        Socket idle = new Socket(InetAddress.getLoopbackAddress(), router.port())) {
      idle.getOutputStream().write(ScriptedClient.PROTOCOL_BYTE);
      idle.getOutputStream()
          .write(script.createSession(ScriptedClient.OPTIONS, System.currentTimeMillis()));
      idle.getInputStream().readNBytes(8);
      byte[] request = idle.getInputStream().readNBytes(5 + 3 + 3 * 44);
      idle.getOutputStream().write(script.createLeaseSet2(request, System.currentTimeMillis()));
      long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
      while (router.droppedMessages() == 0 && System.nanoTime() < deadline) {
        for (int i = 0; i < 20; i++) {
          alice.message(script.destination(), new byte[30_000], 0);
        }
      }
      assertThat(router.droppedMessages()).isPositive();
      alice.message(alice.keys.destination(), new byte[10], 0);
      alice.await(() -> alice.payloads == 1);
    }
  }

  @Test
  void writingNeverWaitsForARouterThatIsBusy() throws Exception {
    router.start();
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    RouterLink blocker = router.newLink();
    blocker.open(new Blocker(busy, release));
    blocker.write(ScriptedClient.PROTOCOL_BYTE, 0, 1);
    byte[] getDate = new ScriptedClient().getDate();

    try (LinkedClient alice = new LinkedClient(router.newLink(), newKeys()).up()) {
      blocker.write(getDate, 0, getDate.length);
      assertThat(busy.await(2, TimeUnit.MINUTES)).isTrue();
      for (int i = 0; i < 1_000; i++) {
        alice.message(alice.keys.destination(), new byte[30_000], 0);
      }
      int room = (int) (InProcessLink.UNREAD_LIMIT_BYTES / 30_000);
      release.countDown();
      assertThat(router.droppedMessages()).isBetween(1_000L - room, 1_000L - room + 20);
      alice.await(() -> alice.payloads == 1_000 - router.droppedMessages());
      assertThat(alice.events).containsExactly("up");
    }
    blocker.close();
  }

  @Test
  void cutsATcpConnectionThatDoesNotSpeakI2cp() throws IOException {
    router.start();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), router.port())) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readAllBytes();
      assertThat(answer[4]).isEqualTo((byte) 30);
    }
  }

  @Test
  void saysWhatToChangeWhenItCannotStart() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      EmbeddedRouter refused = EmbeddedRouter.builder().port(taken.getLocalPort()).build();
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(refused::start)
          .withMessageStartingWith("the embedded router cannot listen on 127.0.0.1:")
          .withMessageEndingWith("choose another port, or 0 for a free one");
      assertThat(refused.port()).isEqualTo(-1);
      assertThatIllegalStateException()
          .isThrownBy(
              () -> refused.conditions(newKeys().destination(), newKeys().destination(), null));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddedRouter.builder().port(70_000))
        .withMessageContaining("use 1 to 65535, or 0 for a free one");
  }

  @Test
  void saysThatItIsNotAnonymous() {
    assertThat(router.anonymous()).isFalse();
    assertThat(router.describe()).isEqualTo("embedded router");
  }

  private record Blocker(CountDownLatch busy, CountDownLatch release)
      implements RouterLink.Receiver {
    @Override
    public void received(byte[] bytes, int offset, int length) {
      busy.countDown();
      try {
        release.await(4, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void closed(@Nullable IOException cause) {}
  }

  private static DestinationKeys newKeys() {
    return DestinationKeys.generate(SigningKeyType.EDDSA_SHA512_ED25519, new SecureRandom());
  }
}
