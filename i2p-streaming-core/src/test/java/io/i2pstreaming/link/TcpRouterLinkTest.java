package io.i2pstreaming.link;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("B1 link over TCP")
@Timeout(300)
class TcpRouterLinkTest {
  private ServerSocket router;

  @BeforeEach
  void listen() throws IOException {
    router = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws IOException {
    router.close();
  }

  @Test
  void carriesBytesBothWaysAndTellsTheEndOnce() throws Exception {
    Recorder recorder = new Recorder(5);
    RouterLink link = address().newLink();
    link.open(recorder);
    try (Socket peer = router.accept()) {
      link.write("xhellox".getBytes(StandardCharsets.UTF_8), 1, 5);
      assertThat(peer.getInputStream().readNBytes(5))
          .isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
      peer.getOutputStream().write("world".getBytes(StandardCharsets.UTF_8));
      assertThat(recorder.enough.await(120, SECONDS)).isTrue();
      assertThat(recorder.bytes.toString(StandardCharsets.UTF_8)).isEqualTo("world");
    }
    assertThat(recorder.end.get(120, SECONDS)).contains("closed the connection");
    link.close();
    link.close();
    assertThat(recorder.ends).hasValue(1);
    assertThatThrownBy(() -> link.write(new byte[1], 0, 1)).isInstanceOf(IOException.class);
  }

  @Test
  void ownCloseHasNoCause() throws Exception {
    Recorder recorder = new Recorder(1);
    RouterLink link = address().newLink();
    link.open(recorder);
    try (Socket peer = router.accept()) {
      link.close();
      assertThat(recorder.end.get(120, SECONDS)).isEqualTo("no cause");
      assertThat(peer.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void endsWhenTheRouterTakesAndSendsNothing() throws Exception {
    Recorder recorder = new Recorder(1);
    RouterLink link =
        new TcpRouterLink(
            router.getInetAddress().getHostAddress(),
            router.getLocalPort(),
            null, /* lookAfter */
            100);
    link.open(recorder);
    try (Socket peer = router.accept()) {
      // More than the socket buffers of both ends can take, and nobody reads.
      assertThatThrownBy(
              () -> {
                for (int megabytes = 0; megabytes < 256; megabytes++) {
                  link.write(new byte[1 << 20], 0, 1 << 20);
                }
              })
          .isInstanceOf(IOException.class);
      assertThat(recorder.end.get(120, SECONDS)).contains("neither takes nor sends");
      assertThat(peer.isClosed()).isFalse();
    }
  }

  @Test
  void silenceAloneEndsNothing() throws Exception {
    Recorder recorder = new Recorder(1);
    RouterLink link =
        new TcpRouterLink(
            router.getInetAddress().getHostAddress(),
            router.getLocalPort(),
            null, /* lookAfter */
            1);
    link.open(recorder);
    try (Socket peer = router.accept()) {
      peer.setSoTimeout(200);
      assertThatThrownBy(() -> peer.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      // This way round: in the middle of a write, a link that looks each millisecond may give up.
      peer.getOutputStream().write(1);
      assertThat(recorder.enough.await(120, SECONDS)).isTrue();
      assertThat(recorder.ends).hasValue(0);
    }
    link.close();
  }

  @Test
  void failingReceiverEndsTheLinkNotTheProcess() throws Exception {
    Recorder recorder =
        new Recorder(1) {
          @Override
          public void received(byte[] bytes, int offset, int length) {
            throw new IllegalStateException("deliberate");
          }
        };
    RouterLink link = address().newLink();
    link.open(recorder);
    try (Socket peer = router.accept()) {
      peer.getOutputStream().write(1);
      assertThat(recorder.end.get(120, SECONDS)).contains("receiver failed");
    }
  }

  @Test
  void refusedConnectionIsAnExceptionOfOpen() throws Exception {
    TcpRouterAddress address = address();
    router.close();
    Recorder recorder = new Recorder(1);
    assertThatThrownBy(() -> address.newLink().open(recorder)).isInstanceOf(IOException.class);
    assertThat(recorder.ends).hasValue(0);
  }

  @Test
  void unknownHostIsNamed() {
    RouterLink link = new TcpRouterAddress("no-such-host.invalid", 7654).newLink();
    assertThatThrownBy(() -> link.open(new Recorder(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no-such-host.invalid");
  }

  private TcpRouterAddress address() {
    return new TcpRouterAddress("127.0.0.1", router.getLocalPort());
  }

  private static class Recorder implements RouterLink.Receiver {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final CompletableFuture<String> end = new CompletableFuture<>();
    final AtomicInteger ends = new AtomicInteger();
    final CountDownLatch enough;

    Recorder(int expectedBytes) {
      enough = new CountDownLatch(expectedBytes);
    }

    @Override
    public void received(byte[] chunk, int offset, int length) {
      bytes.write(chunk, offset, length);
      for (int i = 0; i < length; i++) {
        enough.countDown();
      }
    }

    @Override
    public void closed(@Nullable IOException cause) {
      ends.incrementAndGet();
      end.complete(cause == null ? "no cause" : String.valueOf(cause.getMessage()));
    }
  }
}
