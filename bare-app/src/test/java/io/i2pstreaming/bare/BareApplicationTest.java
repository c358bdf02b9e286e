package io.i2pstreaming.bare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.spring.I2PConfigurationException;
import io.i2pstreaming.spring.I2PListenerEndpointRegistry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.util.ClassUtils;

@DisplayName("D10 the starter alone")
class BareApplicationTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.springframework.web.context.WebApplicationContext",
        "org.springframework.boot.actuate.endpoint.annotation.Endpoint",
        "org.springframework.boot.health.contributor.HealthIndicator",
        "io.micrometer.core.instrument.MeterRegistry",
        "io.i2pstreaming.embedded.EmbeddedRouter"
      })
  void nothingElseIsOnTheClassPath(String name) {
    assertThat(ClassUtils.isPresent(name, null)).isFalse();
  }

  @Test
  void starts() {
    // Nobody listens on port 1: the context does not need the router.
    try (ConfigurableApplicationContext context = run("--i2p.router.port=1")) {
      assertThat(context.getBean(StreamManager.class).destination().base32()).endsWith(".b32.i2p");
      assertThat(context.getBean(I2PListenerEndpointRegistry.class).isRunning()).isTrue();
      assertThat(context.getBeanNamesForType(Object.class))
          .doesNotContain("i2pHealthContributor", "i2pStreamsEndpoint", "i2pStreamingMetrics");
    }
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void servesOnVirtualThreadsWhereTheyAreAskedFor() throws Exception {
    try (ConfigurableApplicationContext context =
        run("--i2p.router.port=1", "--spring.threads.virtual.enabled=true")) {
      AsyncTaskExecutor executor =
          context.getBean("i2pListenerTaskExecutor", AsyncTaskExecutor.class);
      Thread handler = executor.submit(Thread::currentThread).get(1, TimeUnit.MINUTES);
      // Compiled for JDK 17, which does not know it.
      assertThat(Thread.class.getMethod("isVirtual").invoke(handler)).isEqualTo(true);
      assertThat(context.getBean(I2PListenerEndpointRegistry.class).isRunning()).isTrue();
    }
  }

  @Test
  void saysWhichDependencyTheEmbeddedRouterIs() {
    assertThat(report("--i2p.router.mode=embedded"))
        .contains("APPLICATION FAILED TO START")
        .contains("Add the dependency io.i2pstreaming:i2p-streaming-embedded-router");
  }

  @Test
  void saysThatTheRouterIsUnreachable() {
    assertThat(
            report(
                "--i2p.router.port=1", "--i2p.startup.fail-fast=true", "--i2p.startup.timeout=5s"))
        .contains("APPLICATION FAILED TO START")
        .contains("127.0.0.1:1")
        .contains("Start the router and its I2CP interface");
  }

  /** What the console shows of a start that fails. */
  private static String report(String... arguments) {
    PrintStream console = System.out;
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    System.setOut(new PrintStream(shown, true, StandardCharsets.UTF_8));
    try {
      assertThatThrownBy(() -> run(arguments).close())
          .satisfiesAnyOf(
              e -> assertThat(e).isInstanceOf(I2PConfigurationException.class),
              e -> assertThat(e).hasRootCauseInstanceOf(I2PConfigurationException.class));
    } finally {
      System.setOut(console);
    }
    return shown.toString(StandardCharsets.UTF_8);
  }

  private static ConfigurableApplicationContext run(String... arguments) {
    return new SpringApplication(BareApplication.class).run(arguments);
  }
}
