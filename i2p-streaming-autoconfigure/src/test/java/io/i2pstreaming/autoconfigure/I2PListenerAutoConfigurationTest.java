package io.i2pstreaming.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamManagerBuilder;
import io.i2pstreaming.spring.I2PConfigurationException;
import io.i2pstreaming.spring.I2PHandler;
import io.i2pstreaming.spring.I2PListener;
import io.i2pstreaming.spring.I2PListenerContainer;
import io.i2pstreaming.spring.I2PListenerContainerBuilder;
import io.i2pstreaming.spring.I2PListenerContainerFactory;
import io.i2pstreaming.spring.I2PListenerEndpointRegistry;
import io.i2pstreaming.spring.I2PMessageSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@DisplayName("D1 D2 settings of listeners")
class I2PListenerAutoConfigurationTest {
  private static final Duration DEADLINE = Duration.ofMinutes(3);

  private final ApplicationContextRunner embedded =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  I2PRouterAutoConfiguration.class,
                  I2PStreamingAutoConfiguration.class,
                  I2PListenerAutoConfiguration.class))
          .withPropertyValues("i2p.router.mode=embedded");

  static class Listener {
    @I2PListener(id = "usual", port = "1")
    void usual(I2PSocket socket) {}

    @I2PListener(id = "own", port = "2", concurrency = "3", autoStartup = "true")
    void own(I2PSocket socket) {}
  }

  @Test
  void withoutPropertiesAListenerIsWhatItsBuilderMakes() {
    embedded
        .withBean(Listener.class)
        .run(
            context -> {
              I2PListenerContainer usual = container(context, "usual");
              assertThat(usual.isRunning()).isTrue();
              assertThat(usual.concurrency())
                  .isEqualTo(I2PListenerContainerBuilder.DEFAULT_CONCURRENCY);
              assertThat(context.getBean(I2PShutdownProperties.class).gracePeriod())
                  .isEqualTo(I2PListenerContainerBuilder.DEFAULT_GRACE_PERIOD);
              I2PListenerProperties properties = context.getBean(I2PListenerProperties.class);
              assertThat(
                      new I2PMessageSettings(
                          properties.maxMessageSize(),
                          properties.idleTimeout(),
                          properties.messageTimeout(),
                          properties.replyTimeout()))
                  .isEqualTo(I2PMessageSettings.DEFAULTS);
            });
  }

  @Test
  void propertiesAreForListenersThatDoNotSayOtherwise() {
    embedded
        .withBean(Listener.class)
        .withPropertyValues("i2p.listener.auto-startup=false", "i2p.listener.concurrency=7")
        .run(
            context -> {
              assertThat(container(context, "usual").isRunning()).isFalse();
              assertThat(container(context, "usual").concurrency()).isEqualTo(7);
              assertThat(container(context, "own").isRunning()).isTrue();
              assertThat(container(context, "own").concurrency()).isEqualTo(3);
            });
  }

  @I2PListener(id = "class", port = "3")
  static class ListenerClass {
    @I2PHandler
    void serve(I2PSocket socket) {}
  }

  @Test
  void listenersAreThereInApplicationsThatInitializeLazily() {
    embedded
        .withInitializer(
            context ->
                context.addBeanFactoryPostProcessor(
                    new LazyInitializationBeanFactoryPostProcessor()))
        .withBean(Listener.class)
        .withBean(ListenerClass.class)
        .withBean("idle", AtomicBoolean.class)
        .run(
            context -> {
              assertThat(container(context, "own").isRunning()).isTrue();
              assertThat(container(context, "class").isRunning()).isTrue();
              assertThat(context.getBeanFactory().containsSingleton("idle")).isFalse();
            });
  }

  static class OfThread {
    @I2PListener(port = "7", framing = "line")
    String thread(String line) throws ReflectiveOperationException {
      // A method of JDK 21, and this is compiled for 17.
      return line + Thread.class.getMethod("isVirtual").invoke(Thread.currentThread());
    }
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void methodsAreCalledOnVirtualThreadsWhereTheApplicationWantsThem() {
    embedded
        .withBean(OfThread.class)
        .withPropertyValues("spring.threads.virtual.enabled=true")
        .run(
            context -> {
              StreamManager application = context.getBean(StreamManager.class);
              try (StreamManager peer =
                  context.getBean(StreamManagerBuilder.class).name("peer").build()) {
                peer.start();
                assertThat(peer.awaitUp(DEADLINE)).isTrue();
                assertThat(application.awaitUp(DEADLINE)).isTrue();
                try (I2PSocket socket = peer.connect(I2PAddress.of(application.destination(), 7))) {
                  socket.setSoTimeout((int) DEADLINE.toMillis());
                  socket.getOutputStream().write("is it? \n".getBytes(StandardCharsets.UTF_8));
                  socket.shutdownOutput();
                  assertThat(socket.getInputStream().readAllBytes())
                      .asString()
                      .isEqualTo("is it? true\n");
                }
              }
            });
  }

  static class Unending {
    final CountDownLatch asked = new CountDownLatch(1);
    final CompletableFuture<String> never = new CompletableFuture<>();

    @I2PListener(id = "unending", port = "8", framing = "line", replyTimeout = "0s")
    CompletableFuture<String> never(String line) {
      asked.countDown();
      return never;
    }
  }

  @Test
  void aReplyThatNeverComesDoesNotOutliveTheGracePeriod() {
    embedded
        .withBean(Unending.class)
        .withPropertyValues("i2p.shutdown.grace-period=50ms")
        .run(
            context -> {
              StreamManager application = context.getBean(StreamManager.class);
              Unending unending = context.getBean(Unending.class);
              try (StreamManager peer =
                  context.getBean(StreamManagerBuilder.class).name("peer").build()) {
                peer.start();
                assertThat(peer.awaitUp(DEADLINE)).isTrue();
                assertThat(application.awaitUp(DEADLINE)).isTrue();
                try (I2PSocket socket = peer.connect(I2PAddress.of(application.destination(), 8))) {
                  socket.getOutputStream().write('\n');
                  socket.getOutputStream().flush();
                  unending.asked.await();
                  I2PListenerContainer container = container(context, "unending");
                  context.stop();
                  assertThat(container.isRunning()).isFalse();
                  assertThatExceptionOfType(CancellationException.class)
                      .isThrownBy(() -> unending.never.get(3, TimeUnit.MINUTES));
                }
              }
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnFactory {
    @Bean
    I2PListenerContainerFactory few(I2PListenerContainerFactoryConfigurer configurer) {
      I2PListenerContainerFactory factory = new I2PListenerContainerFactory();
      configurer.configure(factory);
      factory.setConcurrency(2);
      return factory;
    }
  }

  static class OfOwnFactory {
    @I2PListener(id = "few", port = "1", containerFactory = "few")
    void few(I2PSocket socket) {}

    @I2PListener(id = "usual", port = "2")
    void usual(I2PSocket socket) {}
  }

  @Test
  void aFactoryOfTheApplicationBeginsWithThePropertiesAndStandsBesideTheUsualOne() {
    embedded
        .withUserConfiguration(OwnFactory.class)
        .withBean(OfOwnFactory.class)
        .withPropertyValues("i2p.listener.auto-startup=false")
        .run(
            context -> {
              assertThat(context).hasBean("i2pListenerContainerFactory");
              assertThat(container(context, "few").concurrency()).isEqualTo(2);
              assertThat(container(context, "few").isRunning()).isFalse();
              assertThat(container(context, "usual").concurrency()).isEqualTo(128);
            });
  }

  static class OfNoFactory {
    @I2PListener(id = "none", port = "1", containerFactory = "missing")
    void none(I2PSocket socket) {}
  }

  @Test
  void impossibleSettingsEndTheStartWithATextThatSaysWhatToChange() {
    assertFault("i2p.listener.concurrency=0", "1 or more");
    assertFault("i2p.listener.max-message-size=2GB", "i2p.listener.max-message-size");
    assertFault("i2p.listener.reply-timeout=-1s", ".reply-timeout");
    assertFault("i2p.listener.recovery.delay=0s", "at least 1ms");
    assertFault("i2p.listener.recovery.multiplier=0.5", "at least 1");
    assertFault("i2p.listener.recovery.max-retries=-1", "no number is negative");
    assertFault("i2p.shutdown.grace-period=-1s", "0s or more");
    embedded
        .withBean(OfNoFactory.class)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .isInstanceOf(I2PConfigurationException.class)
                    .hasMessageContaining("I2PListenerContainerFactory"));
  }

  private void assertFault(String property, String action) {
    embedded
        .withPropertyValues(property)
        .run(
            context -> {
              Throwable cause = context.getStartupFailure();
              while (cause != null && !(cause instanceof I2PConfigurationException)) {
                cause = cause.getCause();
              }
              assertThat(cause).as(property).isNotNull();
              assertThat(((I2PConfigurationException) cause).action()).contains(action);
            });
  }

  private static I2PListenerContainer container(ApplicationContext context, String id) {
    I2PListenerContainer container =
        context.getBean(I2PListenerEndpointRegistry.class).container(id);
    assertThat(container).as(id).isNotNull();
    return container;
  }
}
