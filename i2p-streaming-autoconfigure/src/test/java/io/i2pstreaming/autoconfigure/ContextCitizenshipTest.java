package io.i2pstreaming.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.SessionState;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.link.RouterAddressList;
import io.i2pstreaming.link.TcpRouterAddress;
import io.i2pstreaming.link.TlsRouterAddress;
import io.i2pstreaming.spring.I2PListener;
import io.i2pstreaming.spring.StreamManagers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

@DisplayName("D8 a good citizen of the context")
@Timeout(600)
class ContextCitizenshipTest {
  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    I2PRouterAutoConfiguration.class,
    I2PStreamingAutoConfiguration.class,
    I2PListenerAutoConfiguration.class
  })
  static class Application {}

  @Component
  static class Echo {
    @I2PListener(port = "7")
    void echo(InputStream in, OutputStream out) throws IOException {
      in.transferTo(out);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class EchoConfiguration {
    @Bean
    Echo echo() {
      return new Echo();
    }
  }

  private static SpringApplicationBuilder application(Class<?>... sources) {
    return new SpringApplicationBuilder(sources)
        .web(WebApplicationType.NONE)
        .properties("i2p.router.mode=embedded");
  }

  private static void assertEcho(StreamManager manager) throws Exception {
    assertThat(manager.awaitUp(Duration.ofMinutes(3))).isTrue();
    try (I2PSocket socket = manager.connect(I2PAddress.of(manager.destination(), 7))) {
      socket.getOutputStream().write("ping".getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("ping");
    }
  }

  @Test
  void withLazyInitializationTheListenersListenAllTheSame() throws Exception {
    try (ConfigurableApplicationContext context =
        application(Application.class, EchoConfiguration.class)
            .lazyInitialization(true)
            .run("--i2p.managers.one.streaming.profile=1")) {
      // Not asked of the context before, which would create it.
      assertThat(context.getBeanFactory().containsSingleton("oneStreamManager")).isTrue();
      assertEcho(context.getBean(StreamManager.class));
    }
  }

  @Test
  void aStoppedContextCanBeStartedAgainOnTheSameSession() throws Exception {
    try (ConfigurableApplicationContext context =
        application(Application.class, EchoConfiguration.class).run()) {
      StreamManager manager = context.getBean(StreamManager.class);
      assertEcho(manager);
      context.stop();
      assertThat(manager.state().phase()).isEqualTo(SessionState.Phase.UP);
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> assertEcho(manager));
      context.start();
      assertEcho(manager);
      assertThat(manager.state().reconnects()).isZero();
    }
  }

  @Test
  void aChildContextUsesTheManagersOfItsParentAndLeavesThemWhenItEnds() throws Exception {
    try (ConfigurableApplicationContext parent =
        application(Application.class, EchoConfiguration.class)
            .run("--i2p.managers.one.streaming.profile=1")) {
      StreamManager manager = parent.getBean(StreamManager.class);
      try (ConfigurableApplicationContext child =
          new SpringApplicationBuilder(Application.class)
              .web(WebApplicationType.NONE)
              .parent(parent)
              .run("--i2p.startup.fail-fast=true")) {
        assertThat(child.getBeanFactory().getBeanNamesForType(StreamManager.class)).isEmpty();
        assertThat(child.getBean(StreamManager.class)).isSameAs(manager);
        assertThat(new StreamManagers(child).byName()).isEmpty();
        assertThat(new StreamManagers(child).get("one")).isSameAs(manager);
      }
      assertEcho(manager);
    }
  }

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  I2PRouterAutoConfiguration.class, I2PStreamingAutoConfiguration.class));

  private static final class Details implements I2PRouterConnectionDetails {
    private final @Nullable SslBundle bundle;

    Details(@Nullable SslBundle bundle) {
      this.bundle = bundle;
    }

    @Override
    public List<Address> getAddresses() {
      return List.of(new Address("127.0.0.1", 2), new Address("::1", 3));
    }

    @Override
    public String getUsername() {
      return "me";
    }

    @Override
    public String getPassword() {
      return "secret";
    }

    @Override
    public @Nullable SslBundle getSslBundle() {
      return bundle;
    }
  }

  @Test
  void connectionDetailsTakeThePlaceOfTheRoutersProperties() {
    runner
        .withPropertyValues("i2p.router.port=1")
        .run(
            context ->
                assertThat(context.getBean("i2pRouterConnectionDetails"))
                    .isInstanceOfSatisfying(
                        PropertiesI2PRouterConnectionDetails.class,
                        details ->
                            assertThat(details.getAddresses())
                                .containsExactly(
                                    new I2PRouterConnectionDetails.Address("127.0.0.1", 1))));
    runner
        .withPropertyValues(
            "i2p.router.port=1",
            "i2p.managers.shop.router.port=4",
            "i2p.managers.news.session.options.i2cp.username=other")
        .withBean(I2PRouterConnectionDetails.class, () -> new Details(null))
        .run(
            // They were used: for the manager with an own router, too, and with their credentials.
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("credentials are given twice"));
    runner
        .withBean(I2PRouterConnectionDetails.class, () -> new Details(null))
        .run(
            context ->
                assertThat(context.getBean(RouterAddress.class))
                    .isEqualTo(
                        new RouterAddressList(
                            List.of(
                                new TcpRouterAddress("127.0.0.1", 2),
                                new TcpRouterAddress("::1", 3)))));
    runner
        .withBean(
            I2PRouterConnectionDetails.class, () -> new Details(SslBundle.of(SslStoreBundle.NONE)))
        .run(
            context ->
                assertThat(context.getBean(RouterAddress.class))
                    .isInstanceOfSatisfying(
                        RouterAddressList.class,
                        list ->
                            assertThat(list.alternatives())
                                .allSatisfy(
                                    one -> assertThat(one).isInstanceOf(TlsRouterAddress.class))));
  }

  @Test
  void connectionDetailsWithoutAnAddressEndTheStart() {
    runner
        .withBean(I2PRouterConnectionDetails.class, () -> List::of)
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining("has 0 addresses")
                    .hasStackTraceContaining("at least one router"));
  }

  @Test
  void anAddressOfTheApplicationIsEverybodys() {
    try (EmbeddedRouter router = EmbeddedRouter.builder().build()) {
      router.start();
      runner
          .withBean(RouterAddress.class, () -> router)
          .withPropertyValues(
              "i2p.router.port=1",
              "i2p.managers.shop.router.port=2",
              "i2p.managers.news.router.mode=embedded")
          .run(
              context -> {
                assertThat(context).hasSingleBean(RouterAddress.class);
                for (StreamManager manager :
                    context.getBean(StreamManagers.class).byName().values()) {
                  assertThat(manager.awaitUp(Duration.ofMinutes(3))).isTrue();
                }
              });
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  @DisplayName("nothing falls back from an external router to the embedded one, or the other way")
  void noRouterTakesThePlaceOfAnother() {
    // The embedded router is on the class path, the external one is not there.
    runner
        .withPropertyValues("i2p.router.port=1", "i2p.managers.shop.router.port=2")
        .run(
            context -> {
              assertThat(context).doesNotHaveBean(EmbeddedRouter.class);
              StreamManager shop = context.getBean(StreamManager.class);
              while (!shop.state().detail().contains("127.0.0.1:2")) {
                assertThat(shop.awaitUp(Duration.ofMillis(10))).isFalse();
              }
            });
    runner
        .withPropertyValues("i2p.router.mode=embedded")
        .withBean(I2PRouterConnectionDetails.class, () -> new Details(null))
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("names external routers")
                    .hasMessageContaining("i2p.router.mode=external"));
  }
}
