package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.embedded.NetworkConditions;
import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.spring.I2PConfigurationException;
import java.io.IOException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Where the router is: an external one unless {@code i2p.router.mode} says {@code embedded}. An
 * application that needs something else defines a {@link RouterAddress} bean, or an {@link
 * I2PRouterConnectionDetails} bean for other external routers.
 */
@AutoConfiguration(after = SslAutoConfiguration.class)
@EnableConfigurationProperties(I2PProperties.class)
public final class I2PRouterAutoConfiguration {
  @Bean
  @ConfigurationPropertiesBinding
  static ProbabilityConverter i2pProbabilityConverter() {
    return new ProbabilityConverter();
  }

  @Bean
  @ConditionalOnMissingBean
  I2PRouterConnectionDetails i2pRouterConnectionDetails(
      I2PProperties properties,
      ObjectProvider<SslBundles> bundles,
      ConfigurableEnvironment environment) {
    return new PropertiesI2PRouterConnectionDetails(
        PropertyScope.of(environment), properties.router(), bundles.getIfAvailable());
  }

  /**
   * The routers that properties name; absent when the application has an address of its own, which
   * then is everybody's. Registered behind the nested configuration and under the same condition as
   * what follows.
   */
  @Bean
  @ConditionalOnMissingBean({RouterAddress.class, OwnRouters.class})
  OwnRouters i2pOwnRouters(
      BeanFactory beans, I2PRouterConnectionDetails details, ObjectProvider<SslBundles> bundles) {
    return new OwnRouters(beans, details, bundles);
  }

  @Bean
  @ConditionalOnMissingBean
  RouterAddress i2pRouterAddress(
      OwnRouters routers, I2PProperties properties, ConfigurableEnvironment environment) {
    return routers.address(PropertyScope.of(environment), properties.router());
  }

  /** The router inside this process; it says at its start, loudly, that it is not anonymous. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(EmbeddedRouter.class)
  @ConditionalOnProperty(prefix = "i2p.router", name = "mode", havingValue = "embedded")
  @ConditionalOnMissingBean(RouterAddress.class)
  static class EmbeddedRouterConfiguration {
    @Bean(name = OwnRouters.EMBEDDED_ROUTER_BEAN_NAME, destroyMethod = "close")
    EmbeddedRouter i2pEmbeddedRouter(
        I2PProperties properties,
        I2PRouterConnectionDetails details,
        ConfigurableEnvironment environment) {
      OwnRouters.requireNoOther(PropertyScope.of(environment), details);
      return Embedded.started(properties.router().embedded());
    }

    @Bean
    OwnRouters i2pOwnRouters(
        BeanFactory beans, I2PRouterConnectionDetails details, ObjectProvider<SslBundles> bundles) {
      return new OwnRouters(beans, details, bundles);
    }
  }

  /** The same for managers that want it where the others do not: only those get it. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(EmbeddedRouter.class)
  @Conditional(OnlyManagersWantIt.class)
  @ConditionalOnMissingBean(RouterAddress.class)
  static class EmbeddedRouterOfManagersConfiguration {
    @Bean(
        name = OwnRouters.EMBEDDED_ROUTER_BEAN_NAME,
        destroyMethod = "close",
        defaultCandidate = false)
    EmbeddedRouter i2pEmbeddedRouter(I2PProperties properties) {
      return Embedded.started(properties.router().embedded());
    }
  }

  /** Whether the embedded router is wanted below {@code i2p.managers} and not at the top. */
  static final class OnlyManagersWantIt extends SpringBootCondition {
    @Override
    public ConditionOutcome getMatchOutcome(
        ConditionContext context, AnnotatedTypeMetadata metadata) {
      ConfigurableEnvironment environment = (ConfigurableEnvironment) context.getEnvironment();
      boolean matches =
          !isEmbedded(PropertyScope.of(environment))
              && ManagerNames.of(environment).stream()
                  .anyMatch(name -> isEmbedded(PropertyScope.of(environment, name)));
      return new ConditionOutcome(
          matches,
          ConditionMessage.forCondition("Embedded router")
              .because(matches ? "managers want it" : "no manager wants it for itself"));
    }

    private static boolean isEmbedded(PropertyScope scope) {
      OfficialProperty mode = OfficialProperty.find(scope, "i2p.router.mode");
      return mode != null && mode.value().strip().equalsIgnoreCase("embedded");
    }
  }

  /** Apart, because the class around it is looked into where there is no embedded router. */
  private static final class Embedded {
    private Embedded() {}

    private static EmbeddedRouter started(I2PProperties.Embedded embedded) {
      try {
        EmbeddedRouter router = configured(embedded);
        router.start();
        return router;
      } catch (IllegalArgumentException | IOException e) {
        throw new I2PConfigurationException(
            "The embedded router cannot start: " + e.getMessage() + ".",
            "Correct the property under 'i2p.router.embedded'.",
            e);
      }
    }

    private static EmbeddedRouter configured(I2PProperties.Embedded embedded) {
      EmbeddedRouter.Builder builder =
          EmbeddedRouter.builder()
              .conditions(conditions(embedded.network()))
              .seed(embedded.network().seed());
      if (embedded.port() != null) {
        builder.port(embedded.port());
      }
      return builder.build();
    }

    private static NetworkConditions conditions(I2PProperties.Network network) {
      long queueBytes = network.queue().toBytes();
      if (queueBytes > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("queue is " + network.queue() + "; use less than 2GB");
      }
      return new NetworkConditions(
          network.latency(),
          network.jitter(),
          network.loss().value(),
          network.burstLoss().value(),
          network.duplicate().value(),
          network.reorder().value(),
          network.corrupt().value(),
          network.bandwidth() == null ? 0 : network.bandwidth().toBytes(),
          (int) queueBytes);
    }
  }
}
