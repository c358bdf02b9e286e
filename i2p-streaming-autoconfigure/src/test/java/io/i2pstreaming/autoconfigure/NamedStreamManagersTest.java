package io.i2pstreaming.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamManagerBuilder;
import io.i2pstreaming.autoconfigure.endpoint.I2PStreamsEndpoint;
import io.i2pstreaming.autoconfigure.endpoint.I2PStreamsEndpointAutoConfiguration;
import io.i2pstreaming.autoconfigure.health.I2PStreamingHealthContributorAutoConfiguration;
import io.i2pstreaming.autoconfigure.metrics.I2PStreamingMetricsAutoConfiguration;
import io.i2pstreaming.autoconfigure.metrics.StreamManagerMetrics;
import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.endpoint.AccessList;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.SigningKeyType;
import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.spring.I2PListener;
import io.i2pstreaming.spring.I2PStreamTemplate;
import io.i2pstreaming.spring.StreamManagers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;

@DisplayName("D1 several managers")
@ExtendWith(OutputCaptureExtension.class)
class NamedStreamManagersTest {
  private static final String PEER =
      DestinationKeys.generate(SigningKeyType.EDDSA_SHA512_ED25519, new SecureRandom())
          .destination()
          .base32();

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  I2PRouterAutoConfiguration.class, I2PStreamingAutoConfiguration.class));

  private final ApplicationContextRunner embedded =
      runner.withPropertyValues("i2p.router.mode=embedded");

  @TempDir private Path folder;

  private static StreamManager manager(AssertableApplicationContext context, String name) {
    return context.getBean(StreamManagers.class).get(name);
  }

  record Two(StreamManager shop, StreamManager news) {}

  @Configuration(proxyBeanMethods = false)
  static class ByQualifier {
    @Bean
    Two two(@Qualifier("shop") StreamManager shop, @Qualifier("news") StreamManager news) {
      return new Two(shop, news);
    }
  }

  @Test
  void thereIsOneForEveryNameAndEachHasWhatIsSaidForItAndElseWhatIsSaidForAll() {
    embedded
        .withUserConfiguration(ByQualifier.class)
        .withPropertyValues(
            "i2p.streaming.maxWindowSize=64",
            "i2p.streaming.initialRTO=9000",
            "i2p.streaming.maxConnsPerHour=9",
            "i2cp.accessList=" + PEER,
            "i2cp.enableAccessList=true",
            "i2p.managers.shop.streaming.maxWindowSize=32",
            "i2p.managers.shop.streaming.max-conns-per-hour=3",
            "i2p.managers.shop.access-list.mode=none",
            "i2p.managers.news.streaming.profile=2",
            "i2p.managers.news.i2cp.enableBlackList=true",
            "i2p.managers.news.i2cp.enableAccessList=false")
        .run(
            context -> {
              assertThat(context)
                  .hasNotFailed()
                  .hasBean("shopStreamManager")
                  .hasBean("newsStreamManager")
                  .doesNotHaveBean("i2pStreamManager");
              assertThat(context.getBean(StreamManagers.class).byName())
                  .containsOnlyKeys("shop", "news");
              Two two = context.getBean(Two.class);
              assertThat(two.shop()).isSameAs(manager(context, "shop"));
              assertThat(two.shop().destination()).isNotEqualTo(two.news().destination());
              assertThat(two.shop().options().asMap())
                  .containsEntry("maxWindowSize", "32")
                  .containsEntry("initialRTO", "9000")
                  .containsEntry("profile", "bulk");
              assertThat(two.news().options().asMap())
                  .containsEntry("maxWindowSize", "64")
                  .containsEntry("initialRTO", "9000")
                  .containsEntry("profile", "interactive");
              assertThat(two.shop().limits().asMap()).containsEntry("maxConnsPerHour", "3");
              assertThat(two.news().limits().asMap()).containsEntry("maxConnsPerHour", "9");
              assertThat(two.shop().accessList().mode()).isEqualTo(AccessList.Mode.OFF);
              assertThat(two.news().accessList().mode()).isEqualTo(AccessList.Mode.DENY);
              assertThat(two.news().accessList().size()).isEqualTo(1);
              // Both were started, on one router.
              assertThat(two.shop().awaitUp(Duration.ofMinutes(3))).isTrue();
              assertThat(two.news().awaitUp(Duration.ofMinutes(3))).isTrue();
              assertThat(context.getBeansOfType(EmbeddedRouter.class)).hasSize(1);
            });
  }

  @Test
  void environmentVariablesNameManagersAndSetTheirProperties(CapturedOutput output) {
    embedded
        .withPropertyValues(
            "i2p.managers.my-shop.streaming.maxWindowSize=32",
            "i2p.managers.myShop.session.options.inbound.backupQuantity=0")
        .withInitializer(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(
                        new SystemEnvironmentPropertySource(
                            "test-systemEnvironment",
                            Map.of(
                                "I2P_MANAGERS_MYSHOP_STREAMING_MAXWINDOWSIZE", "16",
                                "I2P_MANAGERS_MYSHOP_SESSION_OPTIONS_INBOUND_BACKUPQUANTITY", "1",
                                "I2P_MANAGERS_NEWS_STREAMING_MAXWINDOWSIZE", "8",
                                "I2P_MANAGERS_OF_OTHERS", "x"))))
        .run(
            context -> {
              assertThat(context.getBean(StreamManagers.class).byName())
                  .hasSize(2)
                  .containsKey("news");
              assertThat(manager(context, "news").options().maxWindowSize()).isEqualTo(8);
              StreamManager shop =
                  context.getBean(StreamManagers.class).byName().values().stream()
                      .filter(manager -> !manager.name().equals("news"))
                      .findAny()
                      .orElseThrow();
              assertThat(shop.name()).isIn("my-shop", "myShop");
              assertThat(shop.options().maxWindowSize()).isEqualTo(16);
              assertThat(
                      SessionOptionsReader.read(
                          PropertyScope.of(context.getEnvironment(), shop.name())))
                  .containsOnly(Map.entry("inbound.backupQuantity", "1"));
              assertThat(output).doesNotContain("is unknown");
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class ListenerOfTheShop {
    @I2PListener(port = "7", manager = "shop")
    void echo(InputStream in, OutputStream out) throws IOException {
      in.transferTo(out);
    }
  }

  @Test
  void aListenerNamesItsManagerAndAnotherManagerCanCallIt() {
    embedded
        .withUserConfiguration(ListenerOfTheShop.class)
        .withPropertyValues(
            "i2p.managers.shop.session.nickname=shop", "i2p.managers.caller.primary=true")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              StreamManager caller = context.getBean(StreamManager.class);
              assertThat(caller.name()).isEqualTo("caller");
              I2PAddress shop = I2PAddress.of(manager(context, "shop").destination(), 7);
              assertThat(manager(context, "shop").awaitUp(Duration.ofMinutes(3))).isTrue();
              try (I2PSocket socket = caller.connect(shop)) {
                socket.getOutputStream().write("ping".getBytes(StandardCharsets.UTF_8));
                socket.shutdownOutput();
                assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("ping");
              }
            });
  }

  @Test
  void whatNeedsOneManagerTakesThePrimaryOneAndElseBacksOff() {
    ApplicationContextRunner two =
        embedded.withPropertyValues("i2p.managers.a.streaming.profile=1");
    two.run(
        context ->
            assertThat(context)
                .hasSingleBean(StreamManager.class)
                .hasSingleBean(I2PStreamTemplate.class)
                .hasBean("i2pSocketFactory"));
    two.withPropertyValues("i2p.managers.b.streaming.profile=1")
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .doesNotHaveBean(I2PStreamTemplate.class)
                    .doesNotHaveBean("i2pSocketFactory"));
    two.withPropertyValues("i2p.managers.b.streaming.profile=1", "i2p.template.manager=b")
        .run(context -> assertThat(context).hasSingleBean(I2PStreamTemplate.class));
    two.withPropertyValues("i2p.managers.b.streaming.profile=1", "i2p.template.manager=c")
        .run(context -> assertFault(context, "'i2p.template.manager' asks for", "[a, b]"));
    two.withPropertyValues("i2p.managers.b.primary=true")
        .run(
            context -> {
              assertThat(context).hasSingleBean(I2PStreamTemplate.class);
              assertThat(context.getBean(StreamManager.class).name()).isEqualTo("b");
            });
    two.withPropertyValues("i2p.managers.a.primary=true", "i2p.managers.b.primary=true")
        .run(context -> assertFault(context, "[a, b]", "one of them only"));
    two.withPropertyValues("i2p.managers.a.primary=perhaps")
        .run(context -> assertFault(context, "i2p.managers.a.primary", "Correct the value"));
  }

  @Test
  void healthMetricsAndEndpointTellThemApart() {
    embedded
        .withConfiguration(
            AutoConfigurations.of(
                I2PStreamingHealthContributorAutoConfiguration.class,
                I2PStreamsEndpointAutoConfiguration.class,
                I2PStreamingMetricsAutoConfiguration.class))
        .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
        .withPropertyValues(
            "management.endpoints.web.exposure.include=i2pstreams",
            "i2p.managers.shop.streaming.profile=1",
            "i2p.managers.news.streaming.profile=1")
        .run(
            context -> {
              assertThat(context.getBean(CompositeHealthContributor.class).stream())
                  .extracting(entry -> entry.name())
                  .containsExactlyInAnyOrder("shop", "news");
              context
                  .getBean(StreamManagerMetrics.class)
                  .bindTo(context.getBean(MeterRegistry.class));
              for (String name : List.of("shop", "news")) {
                assertThat(
                        context
                            .getBean(MeterRegistry.class)
                            .find("i2p.session.up")
                            .tag("manager", name)
                            .gauge())
                    .as(name)
                    .isNotNull();
              }
              assertThat(context).hasSingleBean(I2PStreamsEndpoint.class);
            });
  }

  @Test
  void aNameWithNothingBelowItIsOne() {
    assertThat(
            ManagerNames.of(
                Environments.of(
                    "i2p.managers: {shop: , news: {streaming.profile: 1}, old-news: ''}")))
        .containsExactly("news", "old-news", "shop");
    assertThat(ManagerNames.of(Environments.of("i2p.managers:"))).isEmpty();
    assertThat(ManagerNames.of(Environments.of("a: b"))).isEmpty();
  }

  @Test
  void keyFilesAreNotInheritedAndNotShared() {
    Path top = folder.resolve("top.dat");
    Path file = folder.resolve("shop.dat");
    embedded
        .withPropertyValues(
            "i2p.destination.key-file=" + top,
            "i2p.trace.file=" + folder.resolve("top.pcapng"),
            "i2p.managers.shop.destination.key-file=" + file,
            "i2p.managers.shop.destination.signature-type=ECDSA_SHA256_P256",
            "i2p.managers.news.streaming.profile=1")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(top).doesNotExist();
              assertThat(folder.resolve("top.pcapng")).doesNotExist();
              assertThat(DestinationKeys.load(file).destination())
                  .isEqualTo(manager(context, "shop").destination());
              assertThat(DestinationKeys.load(file).signingType())
                  .isEqualTo(SigningKeyType.ECDSA_SHA256_P256);
            });
    embedded
        .withPropertyValues(
            "i2p.managers.shop.destination.key-file=" + file,
            "i2p.managers.news.destination.key-file=" + folder.resolve("./shop.dat"))
        .run(
            context ->
                assertFault(
                    context, "i2p.managers.shop.destination.key-file", "a key file of its own"));
  }

  @Test
  void theNameInAMessageIsWhereThePropertyIsWritten() {
    embedded
        .withPropertyValues("i2p.managers.shop.streaming.maxResends=often")
        .run(
            context -> assertFault(context, "'i2p.managers.shop.streaming.maxResends'", "Correct"));
    embedded
        .withPropertyValues(
            "i2p.managers.shop.router.mode=external", "i2p.managers.shop.router.port=0")
        .run(context -> assertFault(context, "'i2p.managers.shop.router.port' is 0", "7654"));
    runner
        .withPropertyValues(
            "i2p.managers.shop.router.mode=embedded", "i2p.managers.news.router.port=1")
        .withClassLoader(new FilteredClassLoader(EmbeddedRouter.class))
        .run(
            context ->
                assertFault(
                    context,
                    "'i2p.managers.shop.router.mode' is 'embedded'",
                    "i2p-streaming-embedded-router"));
    embedded
        .withPropertyValues("i2p.managers[a.b].streaming.profile=1")
        .run(context -> assertFault(context, "the manager 'a.b'", "letters, digits"));
  }

  @Test
  void unknownPropertiesOfAManagerWarn(CapturedOutput output) {
    embedded
        .withPropertyValues(
            "i2p.managers.shop.streaming.maxWindwSize=5",
            "i2p.managers.shop.router.embedded.port=0",
            "i2p.managers.shop.streaming.bufferSize=1",
            "i2p.managers.shop.session.options.inbound.length=0")
        .run(
            context ->
                assertThat(output)
                    .contains("Did you mean 'i2p.managers.shop.streaming.maxWindowSize'?")
                    .contains("'i2p.managers.shop.router.embedded.port'")
                    .contains("does not obey I2P's option bufferSize")
                    .doesNotContain("inbound"));
  }

  @Test
  @DisplayName("D1 a manager of its own mode keeps to its own router")
  void oneMayBeOnAnExternalRouterAndOthersOnTheEmbeddedOne() {
    runner
        .withPropertyValues(
            "i2p.router.port=1",
            "i2p.managers.local.router.mode=embedded",
            "i2p.managers.local2.router.mode=embedded",
            "i2p.managers.far.streaming.profile=1")
        .run(
            context -> {
              assertThat(context.getBeansOfType(EmbeddedRouter.class)).hasSize(1);
              assertThat(context.getBean(RouterAddress.class))
                  .isNotInstanceOf(EmbeddedRouter.class);
              assertThat(manager(context, "local").awaitUp(Duration.ofMinutes(3))).isTrue();
              assertThat(manager(context, "local2").awaitUp(Duration.ofMinutes(3))).isTrue();
              assertThat(manager(context, "far").awaitUp(Duration.ofMillis(200))).isFalse();
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnShop {
    @Bean(defaultCandidate = false)
    StreamManager shopStreamManager(StreamManagerBuilder builder) {
      return builder.name("shop").build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Own {
    @Bean
    StreamManager own(StreamManagerBuilder builder) {
      return builder.name("own").build();
    }
  }

  @Test
  void theApplicationsOwnManagersTakeThePlaceOfThese(CapturedOutput output) {
    ApplicationContextRunner two =
        embedded.withPropertyValues(
            "i2p.managers.shop.streaming.maxWindowSize=32", "i2p.managers.news.primary=true");
    two.withUserConfiguration(OwnShop.class)
        .run(
            context -> {
              assertThat(context.getBean(StreamManagers.class).byName())
                  .containsOnlyKeys("shop", "news");
              assertThat(manager(context, "shop").options().maxWindowSize()).isEqualTo(128);
            });
    two.withUserConfiguration(Own.class)
        .run(
            context -> {
              assertThat(context.getBean(StreamManagers.class).byName()).containsOnlyKeys("own");
              assertThat(output).contains("i2p.managers").contains("has no effect");
            });
  }

  private static final ConcurrentLinkedQueue<String> CUSTOMIZED = new ConcurrentLinkedQueue<>();

  @Configuration(proxyBeanMethods = false)
  static class Customizer {
    @Bean
    StreamManagerBuilderCustomizer customizer() {
      return builder -> {
        CUSTOMIZED.add(builder.name());
        builder.name("changed");
      };
    }
  }

  @Test
  void customizersLearnTheManagersNameAndDoNotChangeIt() {
    CUSTOMIZED.clear();
    embedded
        .withUserConfiguration(Customizer.class)
        .withPropertyValues("i2p.managers.shop.primary=true", "i2p.managers.news.primary=false")
        .run(
            context -> {
              assertThat(CUSTOMIZED).containsExactlyInAnyOrder("shop", "news");
              assertThat(context.getBean(StreamManagers.class).byName())
                  .containsOnlyKeys("shop", "news");
            });
  }

  @Test
  void failFastWaitsForAllOfThem() {
    runner
        .withPropertyValues(
            "i2p.router.mode=embedded",
            "i2p.startup.fail-fast=true",
            // In all: the first of them needs some of it.
            "i2p.startup.timeout=5s",
            "i2p.managers.a.streaming.profile=1",
            "i2p.managers.b.router.mode=external",
            "i2p.managers.b.router.port=1")
        .run(context -> assertFault(context, "session 'b'", "i2p.startup.timeout"));
  }

  private static void assertFault(
      AssertableApplicationContext context, String description, String action) {
    assertThat(context).hasFailed();
    FailureAnalysis analysis =
        new I2PConfigurationFailureAnalyzer().analyze(context.getStartupFailure());
    assertThat(analysis).as(context.getStartupFailure().toString()).isNotNull();
    assertThat(analysis.getDescription()).contains(description);
    assertThat(List.of(analysis.getAction(), analysis.getDescription()))
        .anyMatch(text -> text.contains(action));
  }
}
