package io.i2pstreaming.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.embedded.EmbeddedRouter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

@DisplayName("D2 D3 listener methods that take messages and return replies")
class I2PListenerMessageTest {
  private static final Duration DEADLINE = Duration.ofMinutes(3);

  private static EmbeddedRouter router;
  private static StreamManager peer;
  private static AnnotationConfigApplicationContext context;

  @Configuration(proxyBeanMethods = false)
  @EnableI2P
  static class Application {
    @Bean
    StreamManager manager() {
      return StreamManager.builder().name("application").router(router).build();
    }
  }

  static class Messages {
    final BlockingQueue<I2PAddress> peers = new LinkedBlockingQueue<>();

    @I2PListener(port = "1", framing = "${messages.framing}", maxMessageSize = "#{4 * 4}")
    @Nullable String line(String line, I2PAddress remote) {
      peers.add(remote);
      return line.isEmpty() ? null : "<" + line + ">";
    }

    @I2PListener(port = "2", framing = "length", maxMessageSize = "1KB")
    CompletableFuture<byte[]> later(byte[] message) {
      return CompletableFuture.supplyAsync(
          () -> {
            if (message.length == 0) {
              throw new IllegalStateException("fails on purpose");
            }
            return new byte[] {message[0], (byte) message.length};
          });
    }

    @I2PListener(port = "3")
    String whole(byte[] message) {
      return message.length + " bytes";
    }

    @I2PListener(port = "4")
    String greeting() {
      return "grüß dich";
    }
  }

  @BeforeAll
  static void start() throws Exception {
    router = EmbeddedRouter.builder().build();
    router.start();
    peer = StreamManager.builder().name("peer").router(router).build();
    peer.start();
    context = new AnnotationConfigApplicationContext();
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("test", Map.of("messages.framing", "line")));
    context.register(Application.class, Messages.class);
    context.refresh();
    assertThat(peer.awaitUp(DEADLINE)).isTrue();
    assertThat(context.getBean(StreamManager.class).awaitUp(DEADLINE)).isTrue();
  }

  @AfterAll
  static void stop() {
    context.close();
    peer.close();
    router.close();
  }

  @Test
  void isCalledPerLineAndRepliesWithLines() throws Exception {
    try (I2PSocket socket = dial(1)) {
      send(socket, "one\r\n\ntwo\nlast");
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes())
          .asString()
          .isEqualTo("<one>\n<two>\n<last>\n");
    }
    I2PAddress remote = context.getBean(Messages.class).peers.poll(3, TimeUnit.MINUTES);
    assertThat(remote).isNotNull();
    assertThat(remote.destination()).isEqualTo(peer.destination());
  }

  @Test
  void answersALineBeforeTheNextOneIsSent() throws Exception {
    try (I2PSocket socket = dial(1)) {
      for (int i = 0; i < 3; i++) {
        send(socket, i + "\n");
        assertThat(socket.getInputStream().readNBytes(4)).asString().isEqualTo("<" + i + ">\n");
      }
    }
  }

  @Test
  void aMessageOverTheLimitResetsItsStreamAndSparesTheNext() throws Exception {
    try (I2PSocket socket = dial(1)) {
      assertReset(socket, "0123456789abcdefg");
    }
    try (I2PSocket socket = dial(1)) {
      send(socket, "0123456789abcdef\n");
      assertThat(socket.getInputStream().readNBytes(19))
          .asString()
          .isEqualTo("<0123456789abcdef>\n");
    }
  }

  @Test
  void repliesThatComeLaterKeepTheOrderOfTheirMessages() throws Exception {
    try (I2PSocket socket = dial(2)) {
      send(socket, "\0\0\0\3abc\0\0\0\1z");
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes())
          .containsExactly(0, 0, 0, 2, 'a', 3, 0, 0, 0, 2, 'z', 1);
    }
  }

  @Test
  void aFailedFutureResetsItsStream() throws Exception {
    try (I2PSocket socket = dial(2)) {
      assertReset(socket, "\0\0\0\0");
    }
  }

  @Test
  void aRawMessageIsEverythingUntilThePeerEndsItsSide() throws Exception {
    try (I2PSocket socket = dial(3)) {
      socket.getOutputStream().write(new byte[60_000]);
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("60000 bytes");
    }
  }

  @Test
  void aMethodWithoutArgumentsMayReply() throws Exception {
    try (I2PSocket socket = dial(4)) {
      assertThat(socket.getInputStream().readAllBytes())
          .asString(StandardCharsets.UTF_8)
          .isEqualTo("grüß dich");
    }
  }

  private static void send(I2PSocket socket, String bytes) throws Exception {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private static I2PSocket dial(int port) throws Exception {
    I2PSocket socket =
        peer.connect(I2PAddress.of(context.getBean(StreamManager.class).destination(), port));
    socket.setSoTimeout((int) DEADLINE.toMillis());
    return socket;
  }

  /** Sends what resets the stream; it may be reset before the flush has ended. */
  private static void assertReset(I2PSocket socket, String bytes) {
    assertThatExceptionOfType(StreamingException.Reset.class)
        .isThrownBy(
            () -> {
              send(socket, bytes);
              socket.getInputStream().read();
            });
  }
}
