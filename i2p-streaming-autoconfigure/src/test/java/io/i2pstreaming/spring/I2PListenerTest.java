package io.i2pstreaming.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.identity.Destination;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.core.env.MapPropertySource;

@DisplayName("D2 D3 listener methods, without Spring Boot")
class I2PListenerTest {
  private static final Duration DEADLINE = Duration.ofMinutes(3);

  private static EmbeddedRouter router;
  private static StreamManager peer;

  @BeforeAll
  static void startRouterAndPeer() throws Exception {
    router = EmbeddedRouter.builder().build();
    router.start();
    peer = StreamManager.builder().name("peer").router(router).build();
    peer.start();
    assertThat(peer.awaitUp(DEADLINE)).isTrue();
  }

  @AfterAll
  static void stop() {
    peer.close();
    router.close();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableI2P
  static class Application {
    @Bean
    StreamManager manager() {
      return StreamManager.builder().name("application").router(router).build();
    }
  }

  static class Greeter {
    final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

    @I2PListener(port = "${greeter.port}", id = "all")
    void all(OutputStream out, Destination remote, I2PSocket socket, InputStream in)
        throws IOException {
      assertThat(socket.remoteDestination()).isEqualTo(remote);
      seen.add(remote);
      out.write(("hello " + (char) in.read()).getBytes(StandardCharsets.US_ASCII));
    }

    @I2PListener(port = "#{40 + 1}")
    void socketOnly(Socket socket) throws IOException {
      socket.getOutputStream().write('s');
    }

    @I2PListener(port = "42", manager = "manager")
    void fails(InputStream in) throws IOException {
      in.read();
      throw new IllegalArgumentException("fails on purpose");
    }
  }

  static class Gate {
    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch open = new CountDownLatch(1);

    @I2PListener(id = "gate", port = "50", concurrency = "1")
    void wait(OutputStream out) throws IOException, InterruptedException {
      entered.countDown();
      assertThat(open.await(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
      out.write(new byte[100_000]);
    }
  }

  @Test
  void getsItsArgumentsInAnyOrderAndClosesTheStreamAfterwards() throws Exception {
    try (var context = start(Map.of("greeter.port", "4001"), Greeter.class)) {
      try (I2PSocket socket = dial(context, 4001)) {
        socket.getOutputStream().write('x');
        socket.getOutputStream().flush();
        assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("hello x");
      }
      assertThat(context.getBean(Greeter.class).seen.poll(3, TimeUnit.MINUTES))
          .isEqualTo(peer.destination());
      try (I2PSocket socket = dial(context, 41)) {
        assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("s");
      }
      assertThat(registry(context).containers())
          .extracting(I2PListenerContainer::id)
          .containsExactlyInAnyOrder("all", "Greeter.socketOnly", "Greeter.fails");
    }
  }

  @Test
  void aMethodThatThrowsResetsItsStreamAndServesTheNext() throws Exception {
    try (var context = start(Map.of("greeter.port", "4002"), Greeter.class)) {
      for (int i = 0; i < 2; i++) {
        try (I2PSocket socket = dial(context, 42)) {
          assertThatExceptionOfType(StreamingException.Reset.class)
              .isThrownBy(
                  () -> {
                    // The reset may come before the flush has ended.
                    socket.getOutputStream().write('x');
                    socket.getOutputStream().flush();
                    socket.getInputStream().read();
                  });
        }
      }
      I2PListenerContainer container = registry(context).container("Greeter.fails");
      assertThat(container.failedStreams()).isEqualTo(2);
      assertThat(container.activeStreams()).isZero();
    }
  }

  /** The usual times are shorter than a busy machine may take for what happens meanwhile. */
  @Configuration(proxyBeanMethods = false)
  static class Patient {
    @Bean
    I2PListenerContainerFactory i2pListenerContainerFactory() {
      I2PListenerContainerFactory factory = new I2PListenerContainerFactory();
      factory.setGracePeriod(DEADLINE);
      return factory;
    }

    @Bean
    DefaultLifecycleProcessor lifecycleProcessor() {
      DefaultLifecycleProcessor processor = new DefaultLifecycleProcessor();
      processor.setTimeoutPerShutdownPhase(DEADLINE.toMillis());
      return processor;
    }
  }

  @Test
  void aStoppingContextAcceptsNothingAndLetsHandlersFinish() throws Exception {
    var context = start(Map.of(), Patient.class, Gate.class);
    Gate gate = context.getBean(Gate.class);
    CompletableFuture<Void> closing;
    try (I2PSocket socket = dial(context, 50)) {
      assertThat(gate.entered.await(3, TimeUnit.MINUTES)).isTrue();
      Destination own = context.getBean(StreamManager.class).destination();
      closing = CompletableFuture.runAsync(context::close);
      await(() -> !registry(context).container("gate").isRunning());
      assertThatThrownBy(() -> peer.connect(I2PAddress.of(own, 50)))
          .isInstanceOf(StreamingException.class);
      assertThat(closing).isNotDone();

      gate.open.countDown();
      assertThat(socket.getInputStream().readAllBytes()).hasSize(100_000);
    }
    closing.get(3, TimeUnit.MINUTES);
    assertThat(context.isActive()).isFalse();
  }

  @Test
  void servesAsManyAtOnceAsItsConcurrency() throws Exception {
    try (var context = start(Map.of(), Gate.class)) {
      Gate gate = context.getBean(Gate.class);
      try (I2PSocket first = dial(context, 50);
          I2PSocket second = dial(context, 50)) {
        assertThat(gate.entered.await(3, TimeUnit.MINUTES)).isTrue();
        assertThat(registry(context).container("gate").activeStreams()).isEqualTo(1);
        gate.open.countDown();
        assertThat(first.getInputStream().readAllBytes()).hasSize(100_000);
        assertThat(second.getInputStream().readAllBytes()).hasSize(100_000);
      }
    }
  }

  @Test
  void aContextMayBeStoppedAndStartedAgain() throws Exception {
    try (var context = start(Map.of("greeter.port", "4003"), Greeter.class)) {
      Destination before = context.getBean(StreamManager.class).destination();
      for (int i = 0; i < 2; i++) {
        context.stop();
        assertThat(registry(context).containers()).noneMatch(I2PListenerContainer::isRunning);
        context.start();
        try (I2PSocket socket = dial(context, 41)) {
          assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("s");
        }
      }
      assertThat(context.getBean(StreamManager.class).destination()).isEqualTo(before);
    }
  }

  static class Later {
    @I2PListener(id = "later", port = "60", autoStartup = "${later.auto:false}")
    void answer(OutputStream out) throws IOException {
      out.write('l');
    }
  }

  @Test
  void oneListenerIsStartedAndStoppedById() throws Exception {
    try (var context = start(Map.of(), Later.class)) {
      I2PListenerContainer later = registry(context).container("later");
      assertThat(later.isRunning()).isFalse();
      assertThatExceptionOfType(StreamingException.Refused.class)
          .isThrownBy(() -> dial(context, 60));

      later.start();
      try (I2PSocket socket = dial(context, 60)) {
        assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("l");
      }

      CountDownLatch idle = new CountDownLatch(1);
      later.stop(idle::countDown);
      assertThat(idle.await(3, TimeUnit.MINUTES)).isTrue();
      // The callback runs for a stopped one, too: a shutdown would wait for it.
      CountDownLatch again = new CountDownLatch(1);
      later.stop(again::countDown);
      assertThat(again.getCount()).isZero();
      assertThatExceptionOfType(StreamingException.Refused.class)
          .isThrownBy(() -> dial(context, 60));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Proxies {
    @Bean
    static BeanPostProcessor proxies() {
      return new BeanPostProcessor() {
        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
          if (!(bean instanceof Later)) {
            return bean;
          }
          ProxyFactory factory = new ProxyFactory(bean);
          factory.setProxyTargetClass(true);
          return factory.getProxy();
        }
      };
    }
  }

  @Test
  void findsMethodsBehindProxies() throws Exception {
    try (var context = start(Map.of("later.auto", "true"), Proxies.class, Later.class);
        I2PSocket socket = dial(context, 60)) {
      assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("l");
    }
  }

  static class TakesMessageAndStream {
    @I2PListener(port = "1")
    void handle(String text, InputStream in) {}
  }

  static class TakesMessageTwice {
    @I2PListener(port = "1")
    void handle(String text, byte[] bytes) {}
  }

  static class FramesNothing {
    @I2PListener(port = "1", framing = "line")
    void handle(Socket socket) {}
  }

  static class BadFraming {
    @I2PListener(port = "1", framing = "lines")
    void handle(String text) {}
  }

  static class ReturnsPublisher {
    @I2PListener(port = "1")
    Flow.Publisher<String> handle(Socket socket) {
      return subscriber -> {};
    }
  }

  static class BadTimeout {
    @I2PListener(port = "1", idleTimeout = "soon")
    void handle(String text) {}
  }

  static class BadErrorHandler {
    @I2PListener(port = "1", errorHandler = "manager")
    void handle(String text) {}
  }

  static class BadAccessList {
    @I2PListener(port = "1", accessList = "allow secret")
    void handle(String text) {}
  }

  static class AimlessAccessList {
    @I2PListener(port = "1", accessList = "secret.b32.i2p")
    void handle(String text) {}
  }

  static class BadLimit {
    @I2PListener(port = "1", limits = "maxStreams=1")
    void handle(String text) {}
  }

  static class BadSize {
    @I2PListener(port = "1", maxMessageSize = "2GB")
    void handle(String text) {}
  }

  static class TakesNothing {
    @I2PListener(port = "1")
    void handle() {}
  }

  static class TakesTwice {
    @I2PListener(port = "1")
    void handle(Socket a, I2PSocket b) {}
  }

  static class BadPort {
    @I2PListener(port = "70000")
    void handle(Socket socket) {}
  }

  static class BadManager {
    @I2PListener(port = "1", manager = "nobody")
    void handle(Socket socket) {}
  }

  static class SamePort {
    @I2PListener(port = "1")
    void first(Socket socket) {}

    @I2PListener(port = "1")
    void second(Socket socket) {}
  }

  static class SameId {
    @I2PListener(id = "x", port = "1")
    void first(Socket socket) {}

    @I2PListener(id = "x", port = "2")
    void second(Socket socket) {}
  }

  @Test
  void faultsInTheDeclarationEndTheStartWithATextThatSaysWhatToChange() {
    assertFault(TakesMessageAndStream.class, "the InputStream that they are", "one message");
    assertFault(TakesMessageTwice.class, "same thing twice", "each at most once");
    assertFault(FramesNothing.class, "has a framing, but takes no message", "one message");
    assertFault(BadFraming.class, "framing \"lines\"", "raw, line or length");
    assertFault(ReturnsPublisher.class, "has to become a future", "CompletableFuture");
    assertFault(BadTimeout.class, "idleTimeout \"soon\"", "such as 30s");
    assertFault(BadErrorHandler.class, "errorHandler \"manager\"", "I2PListenerErrorHandler");
    assertFault(BadAccessList.class, "accessList that is wrong", "base32");
    assertFault(AimlessAccessList.class, "does not say what it means", "allow or deny");
    assertFault(BadLimit.class, "limits \"maxStreams=1\"", "maxConnsPerMinute=60");
    assertFault(BadSize.class, "maxMessageSize \"2GB\"", "1B to 1GB");
    assertFault(TakesNothing.class, "takes nothing", "I2PSocket");
    assertFault(TakesTwice.class, "same thing twice", "each at most once");
    assertFault(BadPort.class, "port \"70000\"", "0 to 65535");
    assertFault(BadManager.class, "'nobody'", "application");
    assertFault(SamePort.class, "cannot listen on I2P port 1", "port of its own");
    assertFault(SameId.class, "called 'x'", "id of its own");
  }

  private static void assertFault(Class<?> listener, String description, String action) {
    assertThatThrownBy(() -> start(Map.of(), listener).close())
        .satisfies(
            thrown -> {
              Throwable cause = thrown;
              while (cause.getCause() != null && !(cause instanceof I2PConfigurationException)) {
                cause = cause.getCause();
              }
              assertThat(cause).isInstanceOf(I2PConfigurationException.class);
              I2PConfigurationException fault = (I2PConfigurationException) cause;
              assertThat(fault.getMessage()).doesNotContain("secret");
              assertThat(fault.description()).contains(description);
              assertThat(fault.action()).contains(action);
            });
  }

  private static AnnotationConfigApplicationContext start(
      Map<String, Object> properties, Class<?>... beans) {
    var context = new AnnotationConfigApplicationContext();
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("test", properties));
    context.register(Application.class);
    context.register(beans);
    try {
      context.refresh();
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
    return context;
  }

  private static I2PListenerEndpointRegistry registry(AnnotationConfigApplicationContext context) {
    return context.getBean(I2PListenerEndpointRegistry.class);
  }

  private static I2PSocket dial(AnnotationConfigApplicationContext context, int port)
      throws Exception {
    StreamManager manager = context.getBean(StreamManager.class);
    assertThat(manager.awaitUp(DEADLINE)).isTrue();
    I2PSocket socket = peer.connect(I2PAddress.of(manager.destination(), port));
    socket.setSoTimeout((int) DEADLINE.toMillis());
    return socket;
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
