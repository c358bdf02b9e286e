package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.spring.I2PConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers a {@link StreamManager} for every name below {@code i2p.managers}: the bean {@code
 * <name>StreamManager} with the qualifier {@code <name>}. The names are read when bean definitions
 * are, so with ahead-of-time processing at build time; what stands below them is read at run time.
 */
final class NamedStreamManagers implements ImportBeanDefinitionRegistrar, EnvironmentAware {
  private static final Logger log = LoggerFactory.getLogger(NamedStreamManagers.class);
  private static final String PRIMARY = "i2p.primary";

  private @Nullable ConfigurableEnvironment environment;

  @Override
  public void setEnvironment(Environment environment) {
    this.environment = (ConfigurableEnvironment) environment;
  }

  static String beanName(String manager) {
    return manager + "StreamManager";
  }

  @Override
  public void registerBeanDefinitions(
      AnnotationMetadata importing, BeanDefinitionRegistry registry) {
    if (environment == null) {
      throw new IllegalStateException("used outside of a context");
    }
    List<String> names = ManagerNames.of(environment);
    String primary = primary(environment, names);
    for (String name : names) {
      // A bean of the application takes the place of the one with its name.
      if (!registry.containsBeanDefinition(beanName(name))) {
        registry.registerBeanDefinition(beanName(name), definition(name, name.equals(primary)));
      }
    }
  }

  /** Says which names have no bean, because the application has a manager of its own. */
  static void logWithoutEffect(Environment environment, BeanFactory beans) {
    for (String name : ManagerNames.of(environment)) {
      if (!beans.containsBean(beanName(name))) {
        log.warn(
            "What stands below 'i2p.managers.{}' has no effect: the application has a StreamManager"
                + " bean of its own. Declare that one @Bean(defaultCandidate = false) to have both.",
            name);
      }
    }
  }

  private static RootBeanDefinition definition(String name, boolean primary) {
    RootBeanDefinition definition = new RootBeanDefinition(NamedStreamManagers.class);
    definition.setFactoryMethodName("create");
    definition.setTargetType(StreamManager.class);
    definition.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
    definition.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
    definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
    definition.setPrimary(primary);
    definition.setDestroyMethodName("close");
    definition.setResourceDescription("i2p.managers." + name);
    return definition;
  }

  /** The factory method of the definitions, called by reflection, or by generated code. */
  static StreamManager create(String name, StreamManagerFactory factory) {
    return factory.manager(name);
  }

  /** The one that is meant where none is named; empty when there is none. */
  private static String primary(ConfigurableEnvironment environment, List<String> names) {
    List<String> primary = new ArrayList<>();
    for (String name : names) {
      OfficialProperty property =
          OfficialProperty.find(PropertyScope.of(environment, name).own(), PRIMARY);
      if (property != null && isTrue(property)) {
        primary.add(name);
      }
    }
    if (primary.size() > 1) {
      throw new I2PConfigurationException(
          "The managers " + primary + " below 'i2p.managers' are all primary.",
          "Set primary: true for one of them only.");
    }
    return primary.isEmpty() ? "" : primary.get(0);
  }

  private static boolean isTrue(OfficialProperty property) {
    return switch (property.value().strip().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw property.refused("use true or false");
    };
  }

  /** Whether there is a name below {@code i2p.managers}. */
  static final class AnyNamed extends SpringBootCondition {
    @Override
    public ConditionOutcome getMatchOutcome(
        ConditionContext context, AnnotatedTypeMetadata metadata) {
      List<String> names = ManagerNames.of(context.getEnvironment());
      ConditionMessage.Builder message = ConditionMessage.forCondition("I2P managers");
      return names.isEmpty()
          ? ConditionOutcome.noMatch(message.because("nothing stands below i2p.managers"))
          : ConditionOutcome.match(message.found("name", "names").items(names));
    }
  }
}
