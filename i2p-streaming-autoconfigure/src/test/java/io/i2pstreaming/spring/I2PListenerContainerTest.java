package io.i2pstreaming.spring;

import static io.i2pstreaming.spring.ListenerNetwork.DEADLINE;
import static io.i2pstreaming.spring.ListenerNetwork.await;
import static io.i2pstreaming.spring.ListenerNetwork.container;
import static io.i2pstreaming.spring.ListenerNetwork.registry;
import static io.i2pstreaming.spring.ListenerNetwork.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.endpoint.AccessList;
import io.i2pstreaming.endpoint.ConnectionLimits;
import io.i2pstreaming.spring.I2PListenerContainer.State;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.backoff.FixedBackOff;

@DisplayName("D2 D3 listener containers: made, paused, stopped, recovered")
class I2PListenerContainerTest {
  private static ListenerNetwork network;

  @BeforeAll
  static void start() throws Exception {
    network = new ListenerNetwork();
  }

  @AfterAll
  static void stop() {
    network.close();
  }

  static class Echo {
    @I2PListener(id = "echo", port = "7")
    void echo(InputStream in, OutputStream out) throws IOException {
      in.transferTo(out);
    }
  }

  @Test
  void aPausedListenerKeepsItsStreamsAndServesThoseWhoDialledWhenItIsResumed() throws Exception {
    try (var context = network.start(Map.of(), Echo.class);
        I2PSocket before = network.dial(context, 7)) {
      I2PListenerContainer echo = container(context, "echo");
      await(() -> echo.activeStreams() == 1);
      assertThat(echo.pause()).isTrue();
      assertThat(echo.state()).isEqualTo(State.PAUSED);

      try (I2PSocket during = network.dial(context, 7);
          I2PSocket second = network.dial(context, 7)) {
        send(during, "d");
        send(before, "b");
        assertThat(before.getInputStream().read()).isEqualTo('b');
        during.setSoTimeout(200);
        assertThatExceptionOfType(SocketTimeoutException.class)
            .isThrownBy(() -> during.getInputStream().read());
        assertThat(echo.activeStreams()).isEqualTo(1);

        assertThat(echo.resume()).isTrue();
        assertThat(echo.state()).isEqualTo(State.RUNNING);
        during.setSoTimeout((int) DEADLINE.toMillis());
        assertThat(during.getInputStream().read()).isEqualTo('d');
        send(second, "s");
        assertThat(second.getInputStream().read()).isEqualTo('s');
      }
    }
  }

  @Test
  void aPausedListenerMayBeStoppedAndItsCallbackRuns() throws Exception {
    try (var context = network.start(Map.of(), Echo.class)) {
      I2PListenerContainer echo = container(context, "echo");
      echo.pause();
      try (I2PSocket waiting = network.dial(context, 7)) {
        echo.stop();
        assertThat(echo.state()).isEqualTo(State.STOPPED);
        assertThatExceptionOfType(StreamingException.Reset.class)
            .isThrownBy(() -> waiting.getInputStream().read());
      }
      assertThat(echo.pause()).isFalse();
      assertThat(echo.resume()).isFalse();

      echo.start();
      assertThat(echo.state()).isEqualTo(State.RUNNING);
      assertThat(network.ask(context, 7, "again")).isEqualTo("again");
    }
  }

  static class Stubborn {
    final CountDownLatch entered = new CountDownLatch(1);
    final CompletableFuture<String> ended = new CompletableFuture<>();

    @I2PListener(id = "stubborn", port = "8", containerFactory = "impatient")
    void wait(I2PSocket socket) {
      entered.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        ended.complete("interrupted");
      }
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Impatient {
    @Bean
    I2PListenerContainerFactory impatient() {
      I2PListenerContainerFactory factory = new I2PListenerContainerFactory();
      factory.setGracePeriod(Duration.ofMillis(50));
      return factory;
    }
  }

  @Test
  void aHandlerThatDoesNotEndIsResetAndInterruptedWhenTheGracePeriodIsOver() throws Exception {
    var context = network.start(Map.of(), Impatient.class, Stubborn.class);
    Stubborn stubborn = context.getBean(Stubborn.class);
    try (I2PSocket socket = network.dial(context, 8)) {
      stubborn.entered.await();
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(context::stop);
      assertThat(stubborn.ended.get(3, TimeUnit.MINUTES)).isEqualTo("interrupted");
      stopped.get(3, TimeUnit.MINUTES);
      assertThatExceptionOfType(StreamingException.Reset.class)
          .isThrownBy(() -> socket.getInputStream().read());
    }
    await(() -> container(context, "stubborn").activeStreams() == 0);
    context.close();
  }

  static class Lines {
    @I2PListener(id = "lines", port = "9", framing = "line")
    String line(String line) {
      return line;
    }
  }

  @Test
  void aStreamBetweenTwoMessagesDoesNotKeepAStoppingContextWaiting() throws Exception {
    var context = network.start(Map.of(), Lines.class);
    try (I2PSocket socket = network.dial(context, 9)) {
      send(socket, "one\n");
      assertThat(socket.getInputStream().readNBytes(4)).asString().isEqualTo("one\n");
      // By default it would wait for 20 s, and then reset the stream.
      context.stop();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      assertThat(container(context, "lines").failedStreams()).isZero();
    }
    context.close();
  }

  @Configuration(proxyBeanMethods = false)
  static class Recovering {
    @Bean
    I2PListenerContainerFactory i2pListenerContainerFactory() {
      I2PListenerContainerFactory factory = new I2PListenerContainerFactory();
      factory.setRecovery(new FixedBackOff(1, 2));
      return factory;
    }
  }

  @Test
  void acceptingGoesOnAfterAFailureAndEndsAfterTooMany() throws Exception {
    try (var context = network.start(Map.of(), Recovering.class, Echo.class)) {
      I2PListenerContainer echo = container(context, "echo");
      interruptAccept();
      assertThat(network.ask(context, 7, "one")).isEqualTo("one");
      interruptAccept();
      assertThat(network.ask(context, 7, "two")).isEqualTo("two");

      await(
          () -> {
            interruptAccept();
            return echo.state() == State.STOPPED;
          });
      assertThatExceptionOfType(StreamingException.Refused.class)
          .isThrownBy(() -> network.dial(context, 7));
      echo.start();
      assertThat(network.ask(context, 7, "three")).isEqualTo("three");
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class SlowlyRecovering {
    @Bean
    I2PListenerContainerFactory i2pListenerContainerFactory() {
      I2PListenerContainerFactory factory = new I2PListenerContainerFactory();
      factory.setRecovery(new FixedBackOff(Duration.ofDays(1).toMillis(), 2));
      return factory;
    }
  }

  @Test
  void aWaitForRecoveryEndsWithAPauseOrAStop() throws Exception {
    try (var context = network.start(Map.of(), SlowlyRecovering.class, Echo.class)) {
      I2PListenerContainer echo = container(context, "echo");
      // Each interrupt makes it wait for a day.
      interruptAccept();
      await(() -> echo.pause() && echo.resume() && asksWithin(context, Duration.ofMillis(200)));

      interruptAccept();
      echo.stop();
      echo.start();
      assertThat(network.ask(context, 7, "again")).isEqualTo("again");
    }
  }

  private static boolean asksWithin(ApplicationContext context, Duration time) {
    try (I2PSocket socket = network.dial(context, 7)) {
      socket.setSoTimeout((int) time.toMillis());
      send(socket, "x");
      return socket.getInputStream().read() == 'x';
    } catch (SocketTimeoutException e) {
      return false;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void interruptAccept() {
    Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("i2p-accept-echo"))
        .forEach(Thread::interrupt);
  }

  @Configuration(proxyBeanMethods = false)
  static class Programmatic {
    final AtomicInteger decorated = new AtomicInteger();

    @Bean
    I2PListenerContainer containerBean(StreamManager manager) {
      return I2PListenerContainer.builder("bean", 20)
          .manager(manager)
          .handler(socket -> socket.getOutputStream().write('b'))
          .build();
    }

    @Bean
    I2PListenerConfigurer endpoints() {
      return registrar ->
          registrar.registerEndpoint(
              I2PListenerEndpoint.of("endpoint", 21, s -> s.getOutputStream().write('e')));
    }

    @Bean
    I2PListenerContainerCustomizer customizer() {
      return builder ->
          builder.decorateHandler(
              handler ->
                  socket -> {
                    decorated.incrementAndGet();
                    handler.handle(socket);
                  });
    }
  }

  @Test
  void containerBeansAndEndpointsOfConfigurersAreRegisteredAndStarted() throws Exception {
    try (var context = network.start(Map.of(), Programmatic.class, Echo.class)) {
      assertThat(network.ask(context, 20, "")).isEqualTo("b");
      assertThat(context.getBean(Programmatic.class).decorated).hasValue(0);
      assertThat(network.ask(context, 21, "")).isEqualTo("e");
      assertThat(network.ask(context, 7, "x")).isEqualTo("x");
      assertThat(context.getBean(Programmatic.class).decorated).hasValue(2);

      assertThat(registry(context).containers())
          .extracting(I2PListenerContainer::id)
          .containsExactlyInAnyOrder("bean", "endpoint", "echo");
      assertThat(container(context, "echo").description())
          .isEqualTo(Echo.class.getName() + ".echo(InputStream, OutputStream)");
      assertThat(container(context, "bean").handledStreams()).isEqualTo(1);
      assertThat(container(context, "bean").activeStreams()).isZero();

      assertThat(registry(context).unregister("endpoint")).isNotNull();
      assertThat(registry(context).container("endpoint")).isNull();
      assertThat(registry(context).unregister("endpoint")).isNull();
      assertThatExceptionOfType(StreamingException.Refused.class)
          .isThrownBy(() -> network.dial(context, 21));
    }
  }

  static class Repeated {
    @I2PListener(port = "30")
    @I2PListener(port = "31", id = "named")
    @I2PListener(port = "32")
    void serve(OutputStream out) throws IOException {
      out.write('o');
    }

    @I2PListener(port = "33")
    void serve(I2PSocket socket) throws IOException {
      socket.getOutputStream().write('s');
    }
  }

  @Test
  void repeatedAnnotationsAndOverloadsGetIdsOfTheirOwn() throws Exception {
    try (var context = network.start(Map.of(), Repeated.class)) {
      assertThat(registry(context).containers())
          .extracting(container -> container.id() + " " + container.port())
          .containsExactlyInAnyOrder(
              "Repeated.serve 33", "Repeated.serve-2 30", "named 31", "Repeated.serve-3 32");
      assertThat(network.ask(context, 32, "")).isEqualTo("o");
      assertThat(network.ask(context, 33, "")).isEqualTo("s");
    }
  }

  static class Guarded {
    @I2PListener(
        id = "friends",
        port = "50",
        accessList = "allow ${friends}",
        limits = {"maxConcurrentStreams = 1", "limitAction=reset"})
    void friends(InputStream in, OutputStream out) throws IOException {
      in.transferTo(out);
    }

    @I2PListener(id = "others", port = "51", accessList = "deny: #{'${friends}'}")
    String others() {
      return "others";
    }
  }

  @Test
  void aListenerHasAnAccessListAndLimitsOfItsOwnWhichMayBeChanged() throws Exception {
    String peer = network.peer().destination().base32();
    try (var context = network.start(Map.of("friends", peer), Guarded.class)) {
      try (I2PSocket first = network.dial(context, 50)) {
        send(first, "x");
        assertThat(first.getInputStream().read()).isEqualTo('x');
        assertThatExceptionOfType(StreamingException.Refused.class)
            .isThrownBy(() -> network.dial(context, 50));
        container(context, "friends").limits(ConnectionLimits.NONE);
        assertThat(network.ask(context, 50, "y")).isEqualTo("y");
      }
      // Whom a list refuses hears nothing.
      StreamManager application = context.getBean(StreamManager.class);
      var brief = network.peer().options().toBuilder().set("connectTimeout", "300ms").build();
      assertThatExceptionOfType(StreamingException.ConnectTimeout.class)
          .isThrownBy(
              () -> network.peer().connect(I2PAddress.of(application.destination(), 51), brief));
      container(context, "others").accessList(AccessList.OFF);
      assertThat(network.ask(context, 51, "")).isEqualTo("others");
      assertThat(container(context, "friends").accessList().size()).isEqualTo(1);
    }
  }

  static class Named {
    @I2PListener(port = "60", executor = "named")
    String thread() {
      return Thread.currentThread().getName();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class NamedThreads {
    @Bean
    Executor named() {
      return task -> new Thread(task, "a thread of its own").start();
    }
  }

  @Test
  void aListenerMayHaveAnExecutorOfItsOwn() throws Exception {
    try (var context = network.start(Map.of(), NamedThreads.class, Named.class)) {
      assertThat(network.ask(context, 60, "")).isEqualTo("a thread of its own");
    }
  }

  static class Full {
    @I2PListener(id = "full", port = "61", executor = "none")
    void serve(I2PSocket socket) {}
  }

  @Configuration(proxyBeanMethods = false)
  static class NoThreads {
    final AtomicInteger asked = new AtomicInteger();

    @Bean
    Executor none() {
      return task -> {
        if (asked.incrementAndGet() == 1) {
          throw new RejectedExecutionException("none left");
        }
        // And the second time it forgets its task, as an executor does that is shut down.
      };
    }
  }

  @Test
  void streamsWithoutAThreadAreResetAndDoNotKeepAStopWaiting() throws Exception {
    try (var context = network.start(Map.of(), NoThreads.class, Full.class)) {
      I2PListenerContainer full = container(context, "full");
      try (I2PSocket refused = network.dial(context, 61);
          I2PSocket forgotten = network.dial(context, 61)) {
        assertThatExceptionOfType(StreamingException.Reset.class)
            .isThrownBy(() -> refused.getInputStream().read());
        await(() -> full.activeStreams() == 1 && full.failedStreams() == 1);
        full.stopNow();
        assertThat(full.state()).isEqualTo(State.STOPPED);
        assertThatExceptionOfType(StreamingException.Reset.class)
            .isThrownBy(() -> forgotten.getInputStream().read());
      }
    }
  }

  static class Manual {
    @I2PListener(id = "manual", port = "40", autoStartup = "false")
    void serve(I2PSocket socket) {}
  }

  @Test
  void aRestartOfTheContextStartsOnlyWhatStartsWithIt() throws Exception {
    try (var context = network.start(Map.of(), Manual.class, Echo.class)) {
      container(context, "manual").start();
      context.stop();
      assertThat(container(context, "manual").isRunning()).isFalse();
      context.start();
      assertThat(container(context, "manual").isRunning()).isFalse();
      assertThat(container(context, "echo").isRunning()).isTrue();
    }
  }
}
