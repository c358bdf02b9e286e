package io.i2pstreaming.autoconfigure.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamManagerBuilder;
import io.i2pstreaming.autoconfigure.I2PRouterAutoConfiguration;
import io.i2pstreaming.autoconfigure.I2PStreamingAutoConfiguration;
import io.i2pstreaming.spring.I2PListener;
import io.i2pstreaming.spring.I2PListenerContainer;
import io.i2pstreaming.spring.I2PListenerEndpointRegistry;
import io.i2pstreaming.spring.StreamManagers;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

@DisplayName("D6 the meters of managers that come and go")
class StreamManagerMetricsTest {
  private static final Duration DEADLINE = Duration.ofMinutes(1);

  /** Outlives every context, as a registry of a whole JVM does. */
  private final MeterRegistry registry = new SimpleMeterRegistry();

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  I2PRouterAutoConfiguration.class,
                  I2PStreamingAutoConfiguration.class,
                  I2PStreamingMetricsAutoConfiguration.class))
          .withUserConfiguration(Application.class)
          // Not the context's to close.
          .withBean("meters", MeterRegistry.class, () -> registry, d -> d.setDestroyMethodName(""))
          .withPropertyValues("i2p.router.mode=embedded");

  @Configuration(proxyBeanMethods = false)
  static class Application {
    @Bean(defaultCandidate = false)
    @Lazy
    StreamManager late(StreamManagerBuilder builder) {
      return builder.name("late").build();
    }

    @I2PListener(id = "sink", port = "9")
    void sink(InputStream in) throws Exception {
      in.readAllBytes();
    }
  }

  @Test
  void everyManagerHasEveryMeterAndNothingIsLeftWhenItsContextIsClosed() {
    for (int restart = 0; restart < 3; restart++) {
      runner.run(
          context -> {
            bind(context);
            assertThat(ours("i2p")).hasSameSizeAs(ours("late")).hasSizeGreaterThan(40);
            assertThat(registry.get("i2p.streaming.listener.active").gauges()).hasSize(1);
          });
      assertThat(registry.getMeters()).isEmpty();
    }
  }

  @Test
  void aManagerMadeAgainUnderItsNameIsTheOneThatIsMeasured() {
    runner.run(
        context -> {
          bind(context);
          var beans = (DefaultListableBeanFactory) context.getBeanFactory();
          StreamManager first = context.getBean("late", StreamManager.class);
          assertThat(first.awaitUp(DEADLINE)).isTrue();
          assertThat(up("late")).isEqualTo(1);
          first.close();
          assertThat(up("late")).isZero();

          int meters = ours("late").size();
          beans.destroySingleton("late");
          assertThat(ours("late")).isEmpty();
          StreamManager second = context.getBean("late", StreamManager.class);
          assertThat(second).isNotSameAs(first);
          second.start();
          assertThat(second.awaitUp(DEADLINE)).isTrue();
          assertThat(ours("late")).hasSize(meters);
          assertThat(up("late")).isEqualTo(1);
        });
  }

  @Test
  void aManagerAndAListenerRegisteredLaterJoin() {
    runner.run(
        context -> {
          bind(context);
          var beans = (DefaultListableBeanFactory) context.getBeanFactory();
          StreamManagerBuilder builder = context.getBean(StreamManagerBuilder.class).name("added");
          beans.registerBeanDefinition(
              "added", new RootBeanDefinition(StreamManager.class, builder::build));
          StreamManager added = context.getBean("added", StreamManager.class);
          assertThat(ours("added")).hasSameSizeAs(ours("late"));
          assertThat(context.getBean(StreamManagers.class).byName()).containsValue(added);

          I2PListenerEndpointRegistry listeners =
              context.getBean(I2PListenerEndpointRegistry.class);
          listeners.register(
              I2PListenerContainer.builder("later", 10).manager(added).handler(s -> {}).build());
          context.getBean(ListenerMetrics.class).start();
          assertThat(registry.get("i2p.streaming.listener.active").gauges()).hasSize(2);
          listeners.unregister("later");
          context.getBean(ListenerMetrics.class).start();
          assertThat(registry.get("i2p.streaming.listener.active").gauges()).hasSize(1);
        });
  }

  /** As Spring Boot does with all binders, and here without the rest of its metrics. */
  private void bind(ConfigurableApplicationContext context) {
    context.getBean(StreamManagerMetrics.class).bindTo(registry);
    context.getBean(ListenerMetrics.class).bindTo(registry);
  }

  private List<Meter> ours(String manager) {
    return registry.getMeters().stream()
        .filter(meter -> manager.equals(meter.getId().getTag("manager")))
        .filter(meter -> meter.getId().getTag("i2p.listener.id") == null)
        .toList();
  }

  private double up(String manager) {
    return registry.get("i2p.session.up").tag("manager", manager).gauge().value();
  }
}
