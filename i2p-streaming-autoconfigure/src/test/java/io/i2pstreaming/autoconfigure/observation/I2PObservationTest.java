package io.i2pstreaming.autoconfigure.observation;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamManagerBuilder;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.autoconfigure.I2PRouterAutoConfiguration;
import io.i2pstreaming.autoconfigure.I2PStreamingAutoConfiguration;
import io.i2pstreaming.spring.I2PListener;
import io.i2pstreaming.spring.I2PListenerEndpointRegistry;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@DisplayName("D6 observations of dials and listeners")
class I2PObservationTest {
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final String CONNECT = "i2p.streaming.connect";
  private static final String LISTENER = "i2p.streaming.listener";

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  I2PRouterAutoConfiguration.class,
                  I2PStreamingAutoConfiguration.class,
                  I2PStreamingObservationAutoConfiguration.class))
          .withUserConfiguration(Application.class)
          .withPropertyValues("i2p.router.mode=embedded");

  private final ApplicationContextRunner observed =
      runner.withBean(TestObservationRegistry.class, TestObservationRegistry::create);

  @Configuration(proxyBeanMethods = false)
  static class Application {
    final CountDownLatch asked = new CountDownLatch(1);
    final CompletableFuture<String> later = new CompletableFuture<>();

    @Bean(defaultCandidate = false)
    StreamManager dialer(StreamManagerBuilder builder) {
      return builder.name("dialer").build();
    }

    @I2PListener(id = "upper", port = "7", framing = "line")
    String upper(String line) {
      if (line.isEmpty()) {
        throw new IllegalStateException("nothing to say");
      }
      return line.toUpperCase(Locale.ROOT);
    }

    @I2PListener(id = "later", port = "8", framing = "line")
    CompletableFuture<String> later(String line) {
      asked.countDown();
      return later;
    }
  }

  @Test
  void aDialThatSucceedsIsAChildOfWhatItsThreadDoes() {
    observed.run(
        context -> {
          TestObservationRegistry registry = context.getBean(TestObservationRegistry.class);
          Observation request = Observation.start("request", registry);
          request.scopedChecked(() -> dial(context, 7).close());
          request.stop();
          assertThat(registry)
              .hasObservationWithNameEqualTo(CONNECT)
              .that()
              .hasBeenStarted()
              .hasBeenStopped()
              .hasParentObservationEqualTo(request)
              .hasLowCardinalityKeyValue("manager", "dialer")
              .hasLowCardinalityKeyValue("outcome", "success")
              .hasKeyValuesCount(2)
              .doesNotHaveError();
        });
  }

  @Test
  void aRefusedDialEndsWithItsError() {
    observed.run(
        context -> {
          TestObservationRegistry registry = context.getBean(TestObservationRegistry.class);
          assertThatExceptionOfType(StreamingException.Refused.class)
              .isThrownBy(() -> dial(context, 9));
          assertThat(registry)
              .hasObservationWithNameEqualTo(CONNECT)
              .that()
              .hasBeenStopped()
              .hasLowCardinalityKeyValue("outcome", "rejected")
              .assertThatError()
              .isInstanceOf(StreamingException.Refused.class);
        });
  }

  @Test
  void aDialByFutureEndsWithTheFuture() {
    observed.run(
        context -> {
          TestObservationRegistry registry = context.getBean(TestObservationRegistry.class);
          up(context);
          StreamManager dialer = context.getBean("dialer", StreamManager.class);
          I2PAddress nobody = I2PAddress.of(server(context).destination(), 9);
          assertThatExceptionOfType(ExecutionException.class)
              .isThrownBy(
                  () -> dialer.connectAsync(nobody).get(DEADLINE.toSeconds(), TimeUnit.SECONDS));
          assertThat(registry)
              .hasObservationWithNameEqualTo(CONNECT)
              .that()
              .hasBeenStopped()
              .hasLowCardinalityKeyValue("outcome", "rejected");
          registry.clear();
          dialer.close();
          assertThat(dialer.connectAsync(nobody)).isCompletedExceptionally();
          assertThat(registry)
              .hasObservationWithNameEqualTo(CONNECT)
              .that()
              .hasBeenStopped()
              .hasLowCardinalityKeyValue("outcome", "error");
        });
  }

  @Test
  void aServedStreamSaysWhichListenerAndHowItEnded() {
    observed.run(
        context -> {
          TestObservationRegistry registry = context.getBean(TestObservationRegistry.class);
          assertThat(ask(context, 7, "hello")).isEqualTo("HELLO");
          awaitStreams(context, "upper", 1);
          assertThat(registry)
              .hasObservationWithNameEqualTo(LISTENER)
              .that()
              .hasBeenStopped()
              .hasLowCardinalityKeyValue("manager", "i2p")
              .hasLowCardinalityKeyValue("i2p.listener.id", "upper")
              .hasLowCardinalityKeyValue("result", "success")
              .hasLowCardinalityKeyValue("exception", "none")
              .hasKeyValuesCount(4);
          registry.clear();

          assertThatExceptionOfType(IOException.class).isThrownBy(() -> ask(context, 7, ""));
          awaitStreams(context, "upper", 2);
          assertThat(registry)
              .hasObservationWithNameEqualTo(LISTENER)
              .that()
              .hasBeenStopped()
              .hasLowCardinalityKeyValue("result", "failure")
              .hasLowCardinalityKeyValue("exception", "IllegalStateException");
          registry.clear();

          I2PSocket gone = dial(context, 7);
          gone.getOutputStream().write("unfinished".getBytes(StandardCharsets.UTF_8));
          gone.getOutputStream().flush();
          assertThat(gone.awaitAcknowledged(DEADLINE)).isTrue();
          gone.reset();
          awaitStreams(context, "upper", 3);
          assertThat(registry)
              .hasObservationWithNameEqualTo(LISTENER)
              .that()
              .hasLowCardinalityKeyValue("result", "aborted")
              .hasLowCardinalityKeyValue("exception", "Reset");
        });
  }

  @Test
  void aReplyThatComesAsAFutureBelongsToTheObservation() {
    observed.run(
        context -> {
          TestObservationRegistry registry = context.getBean(TestObservationRegistry.class);
          Application application = context.getBean(Application.class);
          try (I2PSocket socket = dial(context, 8)) {
            socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            assertThat(application.asked.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(registry).hasObservationWithNameEqualTo(LISTENER).that().isNotStopped();
            application.later.completeExceptionally(new IllegalArgumentException("no"));
            assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> socket.getInputStream().readAllBytes());
          }
          awaitStreams(context, "later", 1);
          assertThat(registry)
              .hasObservationWithNameEqualTo(LISTENER)
              .that()
              .hasBeenStopped()
              .hasLowCardinalityKeyValue("result", "failure")
              .hasLowCardinalityKeyValue("exception", "IllegalArgumentException");
        });
  }

  @Test
  void beansReplaceTheConventions() {
    observed
        .withBean(
            I2PConnectObservationConvention.class,
            () ->
                new DefaultI2PConnectObservationConvention() {
                  @Override
                  public String getName() {
                    return "dial";
                  }
                })
        .withBean(
            I2PListenerObservationConvention.class,
            () ->
                new DefaultI2PListenerObservationConvention() {
                  @Override
                  public KeyValues getLowCardinalityKeyValues(
                      I2PListenerObservationContext context) {
                    return super.getLowCardinalityKeyValues(context)
                        .and(KeyValue.of("team", "blue"));
                  }
                })
        .run(
            context -> {
              TestObservationRegistry registry = context.getBean(TestObservationRegistry.class);
              assertThat(ask(context, 7, "hello")).isEqualTo("HELLO");
              awaitStreams(context, "upper", 1);
              assertThat(registry).hasObservationWithNameEqualTo("dial");
              assertThat(registry)
                  .hasObservationWithNameEqualTo(LISTENER)
                  .that()
                  .hasLowCardinalityKeyValue("team", "blue");
            });
  }

  @Test
  void listenersAreNotObservedWhenNobodyWantsThat() {
    observed
        .withPropertyValues("i2p.listener.observation-enabled=false")
        .run(
            context -> {
              TestObservationRegistry registry = context.getBean(TestObservationRegistry.class);
              assertThat(ask(context, 7, "hello")).isEqualTo("HELLO");
              awaitStreams(context, "upper", 1);
              assertThat(registry)
                  .doesNotHaveAnyRemainingCurrentObservation()
                  .hasNumberOfObservationsWithNameEqualTo(LISTENER, 0)
                  .hasNumberOfObservationsWithNameEqualTo(CONNECT, 1);
            });
  }

  @Test
  void withoutARegistryStreamsAreServedAsUsual() {
    runner.run(
        context -> {
          assertThat(context).doesNotHaveBean(ObservationRegistry.class);
          assertThat(context).doesNotHaveBean(I2PStreamingObservationAutoConfiguration.class);
          assertThat(ask(context, 7, "hello")).isEqualTo("HELLO");
        });
  }

  private static String ask(ApplicationContext context, int port, String line) throws Exception {
    try (I2PSocket socket = dial(context, port)) {
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  private static I2PSocket dial(ApplicationContext context, int port) throws Exception {
    up(context);
    I2PSocket socket =
        context
            .getBean("dialer", StreamManager.class)
            .connect(I2PAddress.of(server(context).destination(), port));
    socket.setSoTimeout((int) DEADLINE.toMillis());
    return socket;
  }

  private static StreamManager server(ApplicationContext context) {
    return context.getBean("i2pStreamManager", StreamManager.class);
  }

  private static void up(ApplicationContext context) throws Exception {
    for (StreamManager manager : context.getBeansOfType(StreamManager.class).values()) {
      assertThat(manager.awaitUp(DEADLINE)).isTrue();
    }
  }

  /** Whoever dialled may know of the end of a stream before its handler has returned. */
  private static void awaitStreams(ApplicationContext context, String listener, long streams) {
    var container = context.getBean(I2PListenerEndpointRegistry.class).container(listener);
    assertThat(container).isNotNull();
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (container.handledStreams() + container.failedStreams() < streams) {
      assertThat(System.nanoTime() - end).as("deadline").isNegative();
      LockSupport.parkNanos(10_000_000);
    }
  }
}
