package io.i2pstreaming.autoconfigure.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamManagerBuilder;
import io.i2pstreaming.autoconfigure.I2PRouterAutoConfiguration;
import io.i2pstreaming.autoconfigure.I2PStreamingAutoConfiguration;
import io.i2pstreaming.spring.I2PListener;
import io.i2pstreaming.spring.I2PListenerContainer;
import io.i2pstreaming.spring.I2PListenerEndpointRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@DisplayName("D7 health of all managers of an application")
@Timeout(300)
class StreamManagersHealthTest {
  private static final Duration DEADLINE = Duration.ofMinutes(1);

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  I2PRouterAutoConfiguration.class,
                  I2PStreamingAutoConfiguration.class,
                  I2PStreamingHealthContributorAutoConfiguration.class))
          .withUserConfiguration(Application.class)
          .withPropertyValues("i2p.router.mode=embedded");

  @Configuration(proxyBeanMethods = false)
  static class Application {
    @Bean(defaultCandidate = false)
    StreamManager dialer(StreamManagerBuilder builder) {
      return builder.name("dialer").build();
    }

    @I2PListener(id = "echo", port = "7")
    void echo(InputStream in, OutputStream out) throws IOException {
      in.transferTo(out);
    }

    @I2PListener(id = "paused", port = "8")
    void paused(InputStream in) throws IOException {
      in.readAllBytes();
    }

    @I2PListener(id = "stopped", port = "9", autoStartup = "false")
    void stopped(InputStream in) throws IOException {
      in.readAllBytes();
    }
  }

  @Test
  void listenersAndTrafficAreDetails() {
    runner.run(
        context -> {
          StreamManager server = context.getBean("i2pStreamManager", StreamManager.class);
          StreamManager dialer = context.getBean("dialer", StreamManager.class);
          assertThat(server.awaitUp(DEADLINE) && dialer.awaitUp(DEADLINE)).isTrue();
          I2PListenerContainer paused =
              context.getBean(I2PListenerEndpointRegistry.class).container("paused");
          assertThat(paused).isNotNull();
          assertThat(paused.pause()).isTrue();

          Health health = health(context, "i2p");
          assertThat(health.getStatus()).isEqualTo(Status.UP);
          assertThat(health.getDetails())
              .containsEntry(
                  "listeners", Map.of("echo", "running", "paused", "paused", "stopped", "stopped"))
              .doesNotContainKeys("waitsFor", "rttMillis");
          assertThat(health(context, "dialer").getDetails()).doesNotContainKey("listeners");

          try (I2PSocket socket = dialer.connect(I2PAddress.of(server.destination(), 7))) {
            socket.setSoTimeout((int) DEADLINE.toMillis());
            socket.getOutputStream().write(1);
            socket.getOutputStream().flush();
            assertThat(socket.getInputStream().read()).isEqualTo(1);
            assertThat(socket.awaitAcknowledged(DEADLINE)).isTrue();
            Map<String, Object> details = health(context, "dialer").getDetails();
            // A manager that does not answer at once is shown with its figures of before.
            while (!Integer.valueOf(1).equals(details.get("activeConnections"))
                || !details.containsKey("rttMillis")
                || !details.containsKey("retransmissionRatio")) {
              LockSupport.parkNanos(10_000_000);
              details = health(context, "dialer").getDetails();
            }
            assertThat(details).containsEntry("activeConnections", 1);
            assertThat((Double) details.get("rttMillis")).isPositive();
            assertThat((Double) details.get("retransmissionRatio")).isBetween(0.0, 1.0);
            assertThat(details.toString())
                .doesNotContain(server.destination().base32().substring(0, 8));
          }
        });
  }

  @Test
  void aManagerThatIsDefinedLaterIsSeen() {
    runner.run(
        context -> {
          CompositeHealthContributor all = context.getBean(CompositeHealthContributor.class);
          assertThat(all.stream().map(entry -> entry.name()))
              .containsExactlyInAnyOrder("i2p", "dialer");
          StreamManagerBuilder builder = context.getBean(StreamManagerBuilder.class).name("late");
          ((DefaultListableBeanFactory) context.getBeanFactory())
              .registerBeanDefinition(
                  "late", new RootBeanDefinition(StreamManager.class, builder::build));
          assertThat(all.stream().map(entry -> entry.name())).contains("late");
          assertThat(health(context, "late").getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
          assertThat(all.getContributor("nobody")).isNull();
        });
  }

  private static Health health(ApplicationContext context, String manager) {
    var found = context.getBean(CompositeHealthContributor.class).getContributor(manager);
    assertThat(found).isNotNull();
    assertThat(found).isInstanceOf(HealthIndicator.class);
    Health health = ((HealthIndicator) found).health();
    assertThat(health).isNotNull();
    return health;
  }
}
