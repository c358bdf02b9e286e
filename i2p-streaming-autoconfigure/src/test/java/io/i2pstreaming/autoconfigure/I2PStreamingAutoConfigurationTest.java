package io.i2pstreaming.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamManagerBuilder;
import io.i2pstreaming.autoconfigure.endpoint.I2PStreamsEndpoint;
import io.i2pstreaming.autoconfigure.endpoint.I2PStreamsEndpointAutoConfiguration;
import io.i2pstreaming.autoconfigure.health.I2PStreamingHealthContributorAutoConfiguration;
import io.i2pstreaming.autoconfigure.metrics.I2PStreamingMetricsAutoConfiguration;
import io.i2pstreaming.autoconfigure.metrics.StreamManagerMetrics;
import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.embedded.NetworkConditions;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.link.RouterAddressList;
import io.i2pstreaming.link.TcpRouterAddress;
import io.i2pstreaming.link.TlsRouterAddress;
import io.i2pstreaming.spring.I2PConfigurationException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

@DisplayName("D1 D10 auto-configuration")
@ExtendWith(OutputCaptureExtension.class)
class I2PStreamingAutoConfigurationTest {
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  I2PRouterAutoConfiguration.class,
                  I2PStreamingAutoConfiguration.class,
                  I2PStreamsEndpointAutoConfiguration.class,
                  I2PStreamingHealthContributorAutoConfiguration.class,
                  I2PStreamingMetricsAutoConfiguration.class,
                  TaskExecutionAutoConfiguration.class));

  private final ApplicationContextRunner embedded =
      runner.withPropertyValues("i2p.router.mode=embedded");

  @TempDir private Path folder;

  @Test
  void theRouterIsExternalUnlessConfiguredOtherwiseAndStartUpDoesNotWaitForIt() {
    // Nobody listens on port 1: the session cannot come up, the context does.
    runner
        .withPropertyValues("i2p.router.port=1")
        .run(
            context -> {
              assertThat(context).hasNotFailed().doesNotHaveBean(EmbeddedRouter.class);
              assertThat(context.getBean(RouterAddress.class))
                  .isEqualTo(new TcpRouterAddress("127.0.0.1", 1));
              assertThat(context.getBean(StreamManager.class).awaitUp(Duration.ZERO)).isFalse();
            });
    PropertyScope nothing = PropertyScope.of(new StandardEnvironment());
    assertThat(
            ExternalRouter.address(
                new PropertiesI2PRouterConnectionDetails(
                    nothing, nothing.properties().router(), null)))
        .isEqualTo(new TcpRouterAddress("127.0.0.1", 7654));
  }

  @Test
  void withFailFastAnUnreachableRouterEndsTheStartAndAReachableOneIsWaitedFor() {
    runner
        .withPropertyValues(
            "i2p.router.port=1", "i2p.startup.fail-fast=true", "i2p.startup.timeout=5s")
        .run(
            context ->
                assertFault(
                    context.getStartupFailure(), "127.0.0.1:1", "i2p.startup.fail-fast=false"));
    embedded
        .withPropertyValues("i2p.startup.fail-fast=true")
        .run(
            context -> {
              // Up when the start returns, without any further waiting.
              assertThat(context.getBean(StreamManager.class).awaitUp(Duration.ZERO)).isTrue();
            });
    embedded
        .withPropertyValues("i2p.startup.fail-fast=true", "i2p.startup.timeout=0s")
        .run(
            context ->
                assertFault(
                    context.getStartupFailure(), "i2p.startup.timeout", "longer than zero"));
  }

  @Test
  void severalRoutersKeepTheirOrder(CapturedOutput output) {
    runner
        .withPropertyValues("i2p.router.addresses=localhost:1, [::1]:2 ,::1,router.example")
        .run(
            context -> {
              assertThat(context).hasFailed();
              assertFault(context.getStartupFailure(), "'::1'", "[::1]:7654");
            });
    runner
        .withPropertyValues(
            "i2p.router.addresses[0]=127.0.0.1:1",
            "i2p.router.addresses[1]=[::1]:2",
            "i2p.router.addresses[2]=localhost")
        .run(
            context -> {
              assertThat(context.getBean(RouterAddress.class))
                  .isEqualTo(
                      new RouterAddressList(
                          List.of(
                              new TcpRouterAddress("127.0.0.1", 1),
                              new TcpRouterAddress("::1", 2),
                              new TcpRouterAddress("localhost", 7654))));
              assertThat(output).doesNotContain("is unknown");
            });
    for (String bad : List.of("a:0", "a:70000", ":1", "[::1", "[]:5", "a:b")) {
      runner
          .withPropertyValues("i2p.router.addresses=" + bad)
          .run(context -> assertFault(context.getStartupFailure(), "addresses", "host:port"));
    }
  }

  @Test
  void anSslBundleMakesItTlsAndAMissingOneEndsTheStart() {
    runner
        .withBean(
            SslBundles.class,
            () -> new DefaultSslBundleRegistry("router", SslBundle.of(SslStoreBundle.NONE)))
        .withPropertyValues("i2p.router.ssl.bundle=router", "i2p.router.port=1")
        .run(
            context ->
                assertThat(context.getBean(RouterAddress.class))
                    .isInstanceOfSatisfying(
                        TlsRouterAddress.class, tls -> assertThat(tls.port()).isEqualTo(1)));
    runner
        .withPropertyValues("i2p.router.ssl.bundle=router")
        .run(
            context ->
                assertFault(
                    context.getStartupFailure(), "i2p.router.ssl.bundle", "certificates/i2cp"));
  }

  @Test
  void halfOfTheCredentialsOrTwoOfThemEndTheStart() {
    runner
        .withPropertyValues("i2p.router.username=me")
        .run(context -> assertFault(context.getStartupFailure(), "only one", "i2cp.auth=true"));
    runner
        .withPropertyValues(
            "i2p.router.username=me",
            "i2p.router.password=secret",
            "i2p.session.options.i2cp.username=me")
        .run(context -> assertFault(context.getStartupFailure(), "given twice", "credentials"));
    runner
        .withPropertyValues(
            "i2p.router.port=1", "i2p.router.username=me", "i2p.router.password=secret")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void theEmbeddedRouterGetsItsNetworkAndAnnouncesItselfLoudly(CapturedOutput output) {
    embedded
        .withPropertyValues(
            "i2p.router.embedded.port=0",
            "i2p.router.embedded.network.latency=20ms",
            "i2p.router.embedded.network.jitter=5",
            "i2p.router.embedded.network.loss=5%",
            "i2p.router.embedded.network.duplicate=0.01",
            "i2p.router.embedded.network.reorder=0.5 %",
            "i2p.router.embedded.network.bandwidth=2MB",
            "i2p.router.embedded.network.burst-loss=0.1%",
            "i2p.router.embedded.network.corrupt=0.02%",
            "i2p.router.embedded.network.queue=2MB",
            "i2p.router.embedded.network.seed=7")
        .run(
            context -> {
              EmbeddedRouter router = context.getBean(EmbeddedRouter.class);
              assertThat(router.conditions())
                  .isEqualTo(
                      new NetworkConditions(
                          Duration.ofMillis(20),
                          Duration.ofMillis(5),
                          0.05,
                          0.001,
                          0.01,
                          0.005,
                          0.0002,
                          2 << 20,
                          2 << 20));
              assertThat(router.port()).isPositive();
              assertThat(context.getBean(StreamManager.class).awaitUp(Duration.ofMinutes(3)))
                  .isTrue();
              assertThat(output).contains("NOT ANONYMOUS");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "0", "both"})
  void aModeIsAWordAndNeverANumber(String mode) {
    runner
        .withPropertyValues("i2p.router.mode=" + mode)
        .run(context -> assertFault(context.getStartupFailure(), "i2p.router.mode", "external"));
    runner
        .withInitializer(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("numbers", Map.of("i2p.router.mode", 1))))
        .run(context -> assertFault(context.getStartupFailure(), "i2p.router.mode", "external"));
  }

  @Test
  void theEmbeddedRouterIsNeverReplacedByAnother() {
    embedded
        .withClassLoader(new FilteredClassLoader(EmbeddedRouter.class))
        .run(
            context ->
                assertFault(
                    context.getStartupFailure(),
                    "not on the class path",
                    "i2p-streaming-embedded-router"));
  }

  @Test
  void badProbabilitiesAndPortsEndTheStart() {
    embedded
        .withPropertyValues("i2p.router.embedded.network.loss=5")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("0 to 1, or 0% to 100%"));
    embedded
        .withPropertyValues("i2p.router.embedded.network.loss=much")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("written as 0.05 or as 5%"));
    runner
        .withPropertyValues("i2p.router.port=70000")
        .run(context -> assertFault(context.getStartupFailure(), "i2p.router.port", "7654"));
  }

  @ParameterizedTest
  @CsvSource({
    "network.latency=-5ms, latency",
    "network.jitter=-1ms, jitter",
    "network.bandwidth=-1MB, bytesPerSecond",
    "port=70000, 70000"
  })
  void whatTheEmbeddedRouterRefusesEndsTheStartWithAText(String property, String named) {
    embedded
        .withPropertyValues("i2p.router.embedded." + property)
        .run(context -> assertFault(context.getStartupFailure(), named, "i2p.router.embedded"));
  }

  @Test
  void aTakenPortOfTheEmbeddedRouterEndsTheStartWithAText() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      embedded
          .withPropertyValues("i2p.router.embedded.port=" + taken.getLocalPort())
          .run(
              context ->
                  assertFault(
                      context.getStartupFailure(),
                      "127.0.0.1:" + taken.getLocalPort(),
                      "i2p.router.embedded"));
    }
  }

  @Test
  void anEmptyHostIsNotTakenForLoopback() {
    runner
        .withPropertyValues("i2p.router.host=")
        .run(context -> assertFault(context.getStartupFailure(), "i2p.router.host", "127.0.0.1"));
  }

  @Test
  void optionsAreThoseOfTheProperties() {
    embedded
        .withPropertyValues("i2p.streaming.maxWindowSize=64", "i2p.streaming.inactivity-action=1")
        .withInitializer(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(
                        new SystemEnvironmentPropertySource(
                            "test-systemEnvironment",
                            Map.of("I2P_STREAMING_CONNECTTIMEOUT", "7000"))))
        .run(
            context ->
                assertThat(context.getBean(StreamManager.class).options().asMap())
                    .containsEntry("maxWindowSize", "64")
                    .containsEntry("inactivityAction", "disconnect")
                    .containsEntry("connectTimeout", "7000"));
  }

  @Test
  void unknownPropertiesWarn(CapturedOutput output) {
    embedded
        .withPropertyValues("i2p.streaming.bufferSize=1", "i2p.router.embeded.port=5")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output)
                  .contains("does not obey I2P's option bufferSize")
                  .contains("Did you mean 'i2p.router.embedded.port'?");
            });
  }

  @Test
  void aBadValueEndsTheStartAndTheAnalysisSaysWhatToChange() {
    embedded
        .withPropertyValues("i2p.streaming.inactivityAction=7")
        .run(
            context ->
                assertFault(
                    context.getStartupFailure(), "i2p.streaming.inactivityAction", "Correct"));
  }

  @Test
  void withoutAKeyFileTheDestinationIsTransientAndWithOneItStays(CapturedOutput output) {
    Path file = folder.resolve("new/folder/keys.dat");
    Destination[] seen = new Destination[2];
    for (int i = 0; i < 2; i++) {
      int run = i;
      embedded
          .withPropertyValues("i2p.destination.key-file=" + file)
          .run(context -> seen[run] = context.getBean(StreamManager.class).destination());
    }
    assertThat(seen[0]).isEqualTo(seen[1]);
    assertThat(output).contains("I2P destination: new, written").contains("loaded from the file");
    embedded.run(
        context ->
            assertThat(context.getBean(StreamManager.class).destination()).isNotEqualTo(seen[0]));
    assertThat(output)
        .contains("I2P destination: transient")
        .doesNotContain(seen[0].base32().substring(0, 10))
        .doesNotContain(seen[0].base64().substring(0, 10));
  }

  @Test
  void aKeyFileThatCannotBeWrittenEndsTheStartWithAReason() throws IOException {
    Path noFolder = Files.writeString(folder.resolve("plain.txt"), "x");
    embedded
        .withPropertyValues("i2p.destination.key-file=" + noFolder.resolve("keys.dat"))
        .run(
            context ->
                assertFault(context.getStartupFailure(), "plain.txt is no folder", "key file"));
  }

  @Test
  void aBrokenKeyFileEndsTheStart() throws IOException {
    Path file = Files.writeString(folder.resolve("broken.dat"), "this is no key");
    embedded
        .withPropertyValues("i2p.destination.key-file=" + file)
        .run(
            context ->
                assertFault(context.getStartupFailure(), "i2p.destination.key-file", "key file"));
    assertThat(file).hasContent("this is no key");
  }

  @Test
  @DisplayName("A22 i2p.trace.file")
  void theTraceFileIsWrittenUntilTheContextCloses() throws IOException {
    Path file = folder.resolve("session.pcapng");
    embedded
        .withPropertyValues("i2p.trace.file=" + file)
        .run(
            context -> {
              StreamManager manager = context.getBean(StreamManager.class);
              assertThat(manager.awaitUp(Duration.ofMinutes(3))).isTrue();
              I2PAddress self = I2PAddress.of(manager.destination(), 7);
              // Whether anybody answers is another test's question.
              Throwable unused = catchThrowable(() -> manager.ping(self, Duration.ofSeconds(30)));
            });
    String trace = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertThat(trace).contains("ECHO").contains("the end");
    embedded
        .withPropertyValues("i2p.trace.file=" + folder.resolve("nowhere/x.pcapng"))
        .run(
            context ->
                assertFault(context.getStartupFailure(), "nowhere/x.pcapng", "i2p.trace.file"));
  }

  @Configuration(proxyBeanMethods = false)
  static class SecondManager {
    @Bean(defaultCandidate = false)
    StreamManager second(StreamManagerBuilder builder) {
      return builder.name("second").build();
    }
  }

  @Test
  void aFurtherManagerStandsBesideTheFirstAndSharesTheRouter() {
    embedded
        .withUserConfiguration(SecondManager.class)
        .run(
            context -> {
              assertThat(context.getBeansOfType(StreamManager.class)).hasSize(2);
              StreamManager first = context.getBean(StreamManager.class);
              StreamManager second = context.getBean("second", StreamManager.class);
              assertThat(first.name()).isEqualTo("i2p");
              assertThat(first.destination()).isNotEqualTo(second.destination());
              // Both were started with the context.
              assertThat(first.awaitUp(Duration.ofMinutes(3))).isTrue();
              assertThat(second.awaitUp(Duration.ofMinutes(3))).isTrue();
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class SameName {
    @Bean(defaultCandidate = false)
    StreamManager second(StreamManagerBuilder builder) {
      return builder.build();
    }
  }

  @Test
  void managersOfTheSameNameEndTheStart() {
    embedded
        .withUserConfiguration(SameName.class)
        .run(context -> assertFault(context.getStartupFailure(), "named 'i2p'", "name(…)"));
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnManager {
    @Bean
    StreamManager own(StreamManagerBuilder builder) {
      return builder.name("own").build();
    }
  }

  @Test
  void backsOffForTheApplicationsOwnManager() {
    embedded
        .withUserConfiguration(OwnManager.class)
        .run(
            context ->
                assertThat(context.getBean(StreamManager.class)).isSameAs(context.getBean("own")));
  }

  @Configuration(proxyBeanMethods = false)
  static class Customizers {
    @Bean
    @Order(2)
    StreamManagerBuilderCustomizer later() {
      return builder -> builder.name("later");
    }

    @Bean
    @Order(1)
    StreamManagerBuilderCustomizer earlier() {
      return builder -> builder.name("earlier");
    }
  }

  @Test
  void customizersChangeTheBuilderInTheirOrder() {
    embedded
        .withUserConfiguration(Customizers.class)
        .run(context -> assertThat(context.getBean(StreamManager.class).name()).isEqualTo("later"));
  }

  @Test
  void theListenersThreadsLeaveTheApplicationsExecutorAlone() {
    embedded.run(
        context -> {
          assertThat(context).hasBean("applicationTaskExecutor");
          assertThat(context.getBean(Executor.class))
              .isSameAs(context.getBean("applicationTaskExecutor"))
              .isNotSameAs(context.getBean("i2pListenerTaskExecutor"));
        });
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void listenersRunOnVirtualThreadsWhereTheApplicationWantsThem() {
    embedded
        .withPropertyValues("spring.threads.virtual.enabled=true")
        .run(
            context ->
                assertThat(
                        context
                            .getBean("i2pListenerTaskExecutor", SimpleAsyncTaskExecutor.class)
                            .submitCompletable(
                                () ->
                                    (Boolean)
                                        Thread.class
                                            .getMethod("isVirtual")
                                            .invoke(Thread.currentThread()))
                            .get())
                    .isTrue());
  }

  @Test
  void worksWithoutMicrometerActuatorAndHealth() {
    embedded
        .withClassLoader(
            new FilteredClassLoader(MeterRegistry.class, Endpoint.class, HealthIndicator.class))
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasSingleBean(StreamManager.class)
                    .doesNotHaveBean("i2pStreamingMetrics")
                    .doesNotHaveBean("i2pStreamsEndpoint")
                    .doesNotHaveBean("i2pHealthContributor"));
  }

  @Test
  void showsItselfWhereTheLibrariesAreThere() {
    embedded
        .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
        .withPropertyValues("management.endpoints.web.exposure.include=i2pstreams")
        .run(
            context ->
                assertThat(context)
                    .hasSingleBean(StreamManagerMetrics.class)
                    .hasSingleBean(CompositeHealthContributor.class)
                    .hasSingleBean(I2PStreamsEndpoint.class));
    embedded
        .withPropertyValues("management.health.i2p.enabled=false")
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .doesNotHaveBean("i2pHealthContributor")
                    .doesNotHaveBean(I2PStreamsEndpoint.class));
  }

  private static void assertFault(Throwable thrown, String description, String action) {
    assertThat(thrown).isNotNull();
    FailureAnalysis analysis = new I2PConfigurationFailureAnalyzer().analyze(thrown);
    assertThat(analysis).as(thrown.toString()).isNotNull();
    assertThat(analysis.getDescription()).contains(description);
    assertThat(analysis.getAction()).contains(action);
    assertThat(analysis.getCause()).isInstanceOf(I2PConfigurationException.class);
  }
}
