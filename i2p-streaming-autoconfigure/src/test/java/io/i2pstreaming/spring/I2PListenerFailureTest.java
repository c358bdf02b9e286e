package io.i2pstreaming.spring;

import static io.i2pstreaming.spring.ListenerNetwork.await;
import static io.i2pstreaming.spring.ListenerNetwork.container;
import static io.i2pstreaming.spring.ListenerNetwork.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.spring.I2PListenerFailure.Kind;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@DisplayName("D2 listeners whose messages, methods or peers fail")
class I2PListenerFailureTest {
  private static ListenerNetwork network;
  private static AnnotationConfigApplicationContext context;

  record Quantity(int value) {}

  static class Methods {
    final CompletableFuture<String> never = new CompletableFuture<>();

    @I2PListener(
        port = "1",
        framing = "line",
        maxMessageSize = "20B",
        messageTimeout = "300ms",
        replyTimeout = "100ms",
        errorHandler = "answering")
    Object answered(Quantity number) {
      return switch (number.value()) {
        case 1 -> throw new IllegalStateException("on purpose");
        case 2 -> never;
        default -> "value " + number.value();
      };
    }

    @I2PListener(id = "general", port = "2", framing = "line")
    String general(String line) {
      throw new IllegalStateException(line);
    }

    @I2PListener(id = "falls-back", port = "3", errorHandler = "throwing")
    void stream(I2PSocket socket) {
      throw new IllegalStateException("original");
    }

    @I2PListener(id = "slow", port = "4", framing = "length", messageTimeout = "200ms")
    void slow(byte[] message) {}

    @I2PListener(id = "idle", port = "5", framing = "line", idleTimeout = "100ms")
    String idle(String line) {
      return line;
    }

    @I2PListener(id = "late", port = "6", replyTimeout = "100ms", containerFactory = "plain")
    CompletableFuture<String> late(I2PSocket socket) {
      return new CompletableFuture<>();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Handlers {
    final BlockingQueue<I2PListenerFailure> failures = new LinkedBlockingQueue<>();

    @Bean
    I2PListenerErrorHandler answering() {
      return failure -> I2PErrorAction.reply("error " + failure.kind());
    }

    @Bean
    I2PListenerErrorHandler throwing() {
      return failure -> {
        throw new IllegalArgumentException("from the handler");
      };
    }

    @Bean
    I2PListenerContainerFactory plain() {
      return new I2PListenerContainerFactory();
    }

    @Bean
    I2PListenerContainerFactory i2pListenerContainerFactory() {
      I2PListenerContainerFactory factory = new I2PListenerContainerFactory();
      factory.setErrorHandler(
          failure -> {
            failures.add(failure);
            String text = failure.cause().getMessage();
            return switch (text) {
              case "go on" -> I2PErrorAction.proceed();
              case "close" -> I2PErrorAction.close();
              case "bye" -> I2PErrorAction.replyAndClose("bye");
              case "from the handler" -> I2PErrorAction.reply("general");
              default -> I2PErrorAction.reset();
            };
          });
      return factory;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    network = new ListenerNetwork();
    context = network.start(Map.of(), Handlers.class, Methods.class);
  }

  @AfterAll
  static void stop() {
    context.close();
    network.close();
  }

  @Test
  void anErrorHandlerAnswersMessagesThatFailAndTheNextIsServed() throws Exception {
    assertThat(network.ask(context, 1, "{}}\n{\"value\":1}\n{\"value\":2}\n{\"value\":3}\n"))
        .isEqualTo("error UNREADABLE\nerror HANDLER\nerror REPLY_TIMEOUT\nvalue 3\n");
    assertThat(context.getBean(Methods.class).never).isCancelled();
  }

  @Test
  void afterAMessageThatIsTooLongTheAnswerIsTheLast() throws Exception {
    assertThat(network.ask(context, 1, "{\"value\":3}\n{\"value\":     300000}\n{\"value\":3}\n"))
        .isEqualTo("value 3\nerror FRAMING\n");
  }

  @Test
  void aHalfMessageIsAnsweredAndEndedInTime() throws Exception {
    try (I2PSocket socket = network.dial(context, 1)) {
      send(socket, "{\"value\":");
      assertThat(socket.getInputStream().readAllBytes())
          .asString()
          .isEqualTo("error MESSAGE_TIMEOUT\n");
    }
  }

  @Test
  void theHandlerOfTheFactoryMayProceedCloseAnswerOrReset() throws Exception {
    Handlers handlers = context.getBean(Handlers.class);
    handlers.failures.clear();
    assertThat(network.ask(context, 2, "go on\nbye\nnever\n")).isEqualTo("bye\n");
    assertThat(network.ask(context, 2, "close\nbye\n")).isEmpty();
    I2PListenerFailure first = handlers.failures.take();
    assertThat(first.kind()).isEqualTo(Kind.HANDLER);
    assertThat(first.listenerId()).isEqualTo("general");
    assertThat(first.message()).isEqualTo("go on".getBytes(StandardCharsets.UTF_8));
    long failed = container(context, "general").failedStreams();
    try (I2PSocket socket = network.dial(context, 2)) {
      assertReset(socket, "else\n");
    }
    await(() -> container(context, "general").failedStreams() == failed + 1);
  }

  @Test
  void aHandlerThatThrowsLeavesItToTheFactorysWhichSeesWhatItThrew() throws Exception {
    assertThat(network.ask(context, 3, "")).isEqualTo("general");
  }

  @Test
  void bytesNowAndThenDoNotKeepAMessageAlive() throws Exception {
    try (I2PSocket socket = network.dial(context, 4)) {
      assertThatExceptionOfType(StreamingException.Reset.class)
          .isThrownBy(
              () -> {
                // A message of 65,536 bytes, of which one comes every 20 ms.
                send(socket, "\0\1\0\0");
                socket.setSoTimeout(20);
                while (true) {
                  send(socket, "x");
                  try {
                    socket.getInputStream().read();
                  } catch (SocketTimeoutException e) {
                    // Not reset yet.
                  }
                }
              });
    }
    await(() -> container(context, "slow").activeStreams() == 0);
  }

  @Test
  void aPeerThatSaysNothingGetsTheEndOfItsStream() throws Exception {
    try (I2PSocket socket = network.dial(context, 5)) {
      assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    }
    await(() -> container(context, "idle").handledStreams() == 1);
    assertThat(container(context, "idle").failedStreams()).isZero();
  }

  @Test
  void aReplyThatNeverComesResetsTheStream() throws Exception {
    try (I2PSocket socket = network.dial(context, 6)) {
      assertThatExceptionOfType(StreamingException.Reset.class)
          .isThrownBy(() -> socket.getInputStream().read());
    }
    await(() -> container(context, "late").failedStreams() == 1);
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
