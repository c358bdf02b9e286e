package io.i2pstreaming.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.spring.Framing;
import io.i2pstreaming.spring.I2PConfigurationException;
import io.i2pstreaming.spring.I2PFramingException;
import io.i2pstreaming.spring.I2PListener;
import io.i2pstreaming.spring.I2PStreamTemplate;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.task.TaskRejectedException;

@DisplayName("D4 a template for a request and its response")
@Timeout(300)
class I2PStreamTemplateTest {
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  I2PRouterAutoConfiguration.class, I2PStreamingAutoConfiguration.class))
          .withPropertyValues("i2p.router.mode=embedded", "i2p.template.retry.delay=1ms");

  static class Echo {
    final AtomicInteger served = new AtomicInteger();

    @I2PListener(port = "7")
    void echo(InputStream in, OutputStream out) throws IOException {
      served.incrementAndGet();
      out.write(in.readAllBytes());
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class EchoConfiguration {
    @Bean
    Echo echo() {
      return new Echo();
    }
  }

  @Test
  void sendsAndReceives() {
    runner
        .withUserConfiguration(EchoConfiguration.class)
        .run(
            context -> {
              I2PStreamTemplate template = context.getBean(I2PStreamTemplate.class);
              I2PAddress own = address(context.getBean(StreamManager.class), 7);
              byte[] request = new byte[200_000];
              request[199_999] = 1;
              assertThat(template.sendAndReceive(own, request)).isEqualTo(request);
              assertThat(template.sendAndReceive(own, new byte[0])).isEmpty();
            });
  }

  @Test
  void aResponseThatIsTooLongEndsTheStreamAndIsNotAskedForAgain() {
    runner
        .withUserConfiguration(EchoConfiguration.class)
        .withPropertyValues("i2p.template.max-response-size=10B")
        .run(
            context -> {
              I2PStreamTemplate template = context.getBean(I2PStreamTemplate.class);
              I2PAddress own = address(context.getBean(StreamManager.class), 7);
              assertThat(template.sendAndReceive(own, new byte[10])).hasSize(10);
              assertThatThrownBy(() -> template.sendAndReceive(own, new byte[11]))
                  .isInstanceOf(StreamingException.class)
                  .hasMessage("the response has more than 10 bytes");
              assertThat(context.getBean(Echo.class).served).hasValue(2);
            });
  }

  @Test
  void connectsAgainAsOftenAsItIsTold() {
    runner
        .withPropertyValues("i2p.template.retry.max-retries=3")
        .run(
            context -> {
              StreamManager manager = context.getBean(StreamManager.class);
              assertThatThrownBy(
                      () ->
                          context
                              .getBean(I2PStreamTemplate.class)
                              .execute(address(manager, 9), I2PSocket::getPort))
                  .isInstanceOf(StreamingException.Refused.class);
              assertThat(manager.stats().failedConnects()).isEqualTo(4);
            });
  }

  @Test
  void theCallbackIsCalledOnceWhateverHappensToIt() {
    runner
        .withUserConfiguration(EchoConfiguration.class)
        .run(
            context -> {
              List<I2PSocket> streams = new ArrayList<>();
              I2PAddress own = address(context.getBean(StreamManager.class), 7);
              assertThatThrownBy(
                      () ->
                          context
                              .getBean(I2PStreamTemplate.class)
                              .execute(
                                  own,
                                  stream -> {
                                    streams.add(stream);
                                    throw new StreamingException.ConnectTimeout("not a dial's");
                                  }))
                  .hasMessage("not a dial's");
              assertThat(streams).hasSize(1);
              assertThatThrownBy(() -> streams.get(0).getInputStream().read())
                  .isInstanceOf(IOException.class);
            });
  }

  @Test
  void connectsWhenThePeerBeginsToListenMeanwhile() {
    runner.run(
        context -> {
          StreamManager manager = context.getBean(StreamManager.class);
          AtomicInteger failures = new AtomicInteger();
          RetryPolicy policy =
              RetryPolicy.builder()
                  .delay(Duration.ofMillis(1))
                  .predicate(
                      failure -> {
                        if (failures.incrementAndGet() == 2) {
                          listen(manager);
                        }
                        return I2PStreamTemplate.isTransient(failure);
                      })
                  .build();
          assertThat(
                  new I2PStreamTemplate(manager, policy, 10)
                      .<Integer>execute(address(manager, 11), I2PSocket::getPort))
              .isEqualTo(11);
          assertThat(failures).hasValue(2);
        });
  }

  private static void listen(StreamManager manager) {
    try {
      manager.listen(11);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatCannotPassIsNotTriedAgain() {
    assertThat(I2PStreamTemplate.isTransient(new StreamingException.Closed(""))).isFalse();
    assertThat(I2PStreamTemplate.isTransient(new StreamingException.LimitExceeded(""))).isFalse();
    assertThat(I2PStreamTemplate.isTransient(new SocketException())).isFalse();
    assertThat(I2PStreamTemplate.isTransient(new UnknownHostException())).isFalse();
    assertThat(I2PStreamTemplate.isTransient(new StreamingException.RouterLost(""))).isTrue();
    assertThat(I2PStreamTemplate.isTransient(new StreamingException.Unreachable(""))).isTrue();
    assertThat(I2PStreamTemplate.isTransient(new StreamingException.ConnectTimeout(""))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "i2p.template.max-response-size=2GB",
        "i2p.template.response-timeout=-1s",
        "i2p.template.response-timeout=90d",
        "i2p.template.max-concurrent=0",
        "i2p.template.retry.max-retries=-1",
        "i2p.template.retry.multiplier=0.5",
        "i2p.template.retry.delay=-1s"
      })
  void aBadSettingIsNamed(String property) {
    runner
        .withPropertyValues(property)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining(I2PConfigurationException.class.getName())
                    .hasStackTraceContaining("i2p.template"));
  }

  /** Answers in the framings of listeners; the line "hang" is answered when the gate opens. */
  static class Answers {
    final CountDownLatch gate = new CountDownLatch(1);
    final CountDownLatch asked = new CountDownLatch(1);

    @I2PListener(port = "21", framing = "line")
    @Nullable String line(String line) throws InterruptedException {
      if (line.equals("hang")) {
        asked.countDown();
        gate.await();
      }
      return line.equals("nothing") ? null : "you said " + line;
    }

    @I2PListener(port = "22", framing = "length")
    byte[] length(byte[] message) {
      return Arrays.copyOf(message, message.length + 1);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class AnswersConfiguration {
    @Bean
    Answers answers() {
      return new Answers();
    }
  }

  private void withAnswers(ContextConsumer<AssertableApplicationContext> test, String... more) {
    runner
        .withUserConfiguration(AnswersConfiguration.class)
        .withPropertyValues(more)
        .run(
            context -> {
              try {
                test.accept(context);
              } finally {
                context.getBean(Answers.class).gate.countDown();
              }
            });
  }

  @Test
  void speaksTheFramingsOfListeners() {
    withAnswers(
        context -> {
          I2PStreamTemplate template = context.getBean(I2PStreamTemplate.class);
          StreamManager manager = context.getBean(StreamManager.class);
          assertThat(template.sendAndReceiveLine(address(manager, 21), "h\u00e9llo"))
              .isEqualTo("you said h\u00e9llo");
          assertThat(
                  template.sendAndReceive(address(manager, 22), new byte[20_000], Framing.LENGTH))
              .isEqualTo(new byte[20_001]);
          assertThat(
                  template
                      .sendAndReceiveAsync(address(manager, 22), new byte[] {1}, Framing.LENGTH)
                      .get(1, TimeUnit.MINUTES))
              .containsExactly(1, 0);
        });
  }

  @Test
  void aFramedResponseHasALimitAndARequestFitsItsFraming() {
    withAnswers(
        context -> {
          I2PStreamTemplate template = context.getBean(I2PStreamTemplate.class);
          StreamManager manager = context.getBean(StreamManager.class);
          assertThat(template.sendAndReceiveLine(address(manager, 21), "1")).hasSize(10);
          assertThatThrownBy(() -> template.sendAndReceiveLine(address(manager, 21), "12"))
              .isInstanceOf(I2PFramingException.class);
          assertThatThrownBy(
                  () -> template.sendAndReceive(address(manager, 22), new byte[10], Framing.LENGTH))
              .isInstanceOf(I2PFramingException.class);
          assertThatThrownBy(() -> template.sendAndReceiveLine(address(manager, 21), "a\nb"))
              .isInstanceOf(IllegalArgumentException.class);
        },
        "i2p.template.max-response-size=10B");
  }

  @Test
  void aPeerThatEndsWithoutAResponseIsAnError() {
    runner
        .withUserConfiguration(Closing.class)
        .run(
            context ->
                assertThatThrownBy(
                        () ->
                            context
                                .getBean(I2PStreamTemplate.class)
                                .sendAndReceiveLine(
                                    address(context.getBean(StreamManager.class), 23), "?"))
                    .isInstanceOf(I2PFramingException.class)
                    .hasMessage("The peer ended the stream without a response."));
  }

  @Configuration(proxyBeanMethods = false)
  static class Closing {
    @I2PListener(port = "23")
    void readAndClose(InputStream in) throws IOException {
      // All of it: bytes that come after a close would reset the stream.
      assertThat(in.readNBytes(2)).asString().isEqualTo("?\n");
    }
  }

  @Test
  void waitsForAResponseNoLongerThanTold() {
    withAnswers(
        context ->
            assertThatThrownBy(
                    () ->
                        context
                            .getBean(I2PStreamTemplate.class)
                            .sendAndReceiveLine(
                                address(context.getBean(StreamManager.class), 21), "hang"))
                .isInstanceOf(SocketTimeoutException.class),
        "i2p.template.response-timeout=50ms");
  }

  @Test
  void aCancelledExchangeResetsItsStreamAndOneTooManyFailsAtOnce() {
    withAnswers(
        context -> {
          I2PStreamTemplate template = context.getBean(I2PStreamTemplate.class);
          StreamManager manager = context.getBean(StreamManager.class);
          AtomicReference<I2PSocket> stream = new AtomicReference<>();
          CompletableFuture<Integer> first =
              template.executeAsync(
                  address(manager, 21),
                  socket -> {
                    stream.set(socket);
                    socket.getOutputStream().write("hang\n".getBytes(StandardCharsets.UTF_8));
                    socket.getOutputStream().flush();
                    return socket.getInputStream().read();
                  });
          assertThat(context.getBean(Answers.class).asked.await(1, TimeUnit.MINUTES)).isTrue();
          assertThatThrownBy(
                  () ->
                      template
                          .executeAsync(address(manager, 21), I2PSocket::getPort)
                          .get(1, TimeUnit.MINUTES))
              .hasCauseInstanceOf(TaskRejectedException.class);
          assertThat(first.cancel(false)).isTrue();
          assertThatThrownBy(() -> stream.get().getInputStream().read())
              .isInstanceOf(IOException.class);
        },
        "i2p.template.max-concurrent=1");
  }

  @Test
  void whoeverLearnsThatAnExchangeHasEndedMayBeginTheNext() {
    withAnswers(
        context -> {
          I2PStreamTemplate template = context.getBean(I2PStreamTemplate.class);
          I2PAddress lines = address(context.getBean(StreamManager.class), 21);
          CountDownLatch begin = new CountDownLatch(1);
          CompletableFuture<Integer> both =
              template
                  .executeAsync(
                      lines,
                      socket -> {
                        try {
                          begin.await();
                        } catch (InterruptedException e) {
                          throw new IOException(e);
                        }
                        return socket.getPort();
                      })
                  // By the thread of the first.
                  .thenCompose(port -> template.executeAsync(lines, I2PSocket::getPort));
          begin.countDown();
          assertThat(both.get(3, TimeUnit.MINUTES)).isEqualTo(21);
        },
        "i2p.template.max-concurrent=1");
  }

  @Test
  void backsOff() {
    runner
        .withUserConfiguration(OwnTemplate.class)
        .run(
            context ->
                assertThat(context.getBeanNamesForType(I2PStreamTemplate.class))
                    .containsExactly("mine"));
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnTemplate {
    @Bean
    I2PStreamTemplate mine(StreamManager manager) {
      return new I2PStreamTemplate(manager, RetryPolicy.withDefaults(), 1);
    }
  }

  private static I2PAddress address(StreamManager manager, int port) {
    return I2PAddress.of(manager.destination(), port);
  }
}
