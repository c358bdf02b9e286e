package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamManagerBuilder;
import io.i2pstreaming.StreamingOptions;
import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.spring.EnableI2P;
import io.i2pstreaming.spring.I2PListenerConfiguration;
import io.i2pstreaming.spring.I2PStreamTemplate;
import io.i2pstreaming.spring.StreamManagers;
import javax.net.SocketFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * An open destination from {@code i2p.*}, and {@code @I2PListener} methods.
 *
 * <p>Applications with further destinations inject {@code StreamManagerBuilder}, a new one each
 * time, with the router and the options of the properties, and give it another name.
 */
@AutoConfiguration(after = I2PRouterAutoConfiguration.class)
public final class I2PStreamingAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  StreamingOptions i2pStreamingOptions(ConfigurableEnvironment environment) {
    return StreamingOptionsReader.read(PropertyScope.of(environment), StreamingOptions.defaults());
  }

  @Bean
  @ConditionalOnMissingBean
  StreamManagerFactory i2pStreamManagerFactory(
      ConfigurableEnvironment environment,
      BeanFactory beans,
      ObjectProvider<RouterAddress> router,
      ObjectProvider<OwnRouters> ownRouters,
      ObjectProvider<I2PRouterConnectionDetails> details,
      ObjectProvider<StreamingOptions> options,
      ObjectProvider<StreamManagerBuilderCustomizer> customizers) {
    UnknownPropertyReport.log(environment);
    Admission.logWithoutEffect(PropertyScope.of(environment));
    NamedStreamManagers.logWithoutEffect(environment, beans);
    return new StreamManagerFactory(environment, router, ownRouters, details, options, customizers);
  }

  @Bean
  @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
  @ConditionalOnMissingBean
  StreamManagerBuilder i2pStreamManagerBuilder(StreamManagerFactory factory) {
    return factory.builder();
  }

  @Bean
  @ConditionalOnMissingBean
  StreamManager i2pStreamManager(
      StreamManagerBuilder builder,
      StreamManagerFactory factory,
      ConfigurableEnvironment environment) {
    return factory.build(PropertyScope.of(environment), builder);
  }

  /** Registered before the bean methods above, so that the managers with names are seen. */
  @Configuration(proxyBeanMethods = false)
  @Conditional(NamedStreamManagers.AnyNamed.class)
  @ConditionalOnMissingBean(StreamManager.class)
  @Import(NamedStreamManagers.class)
  static class NamedManagersConfiguration {}

  /** What changes while the application runs. */
  @Bean
  @ConditionalOnMissingBean
  I2PAdmission i2pAdmission(StreamManagerFactory factory) {
    return new I2PAdmission(factory);
  }

  /** Looks at the files of access lists, where that is wanted. */
  @Bean
  @ConditionalOnProperty(AccessListFiles.INTERVAL)
  AccessListFiles i2pAccessListFiles(StreamManagerFactory factory, Environment environment) {
    return new AccessListFiles(factory, AccessListFiles.interval(environment));
  }

  /** Only on demand: an application usually starts without waiting for its router. */
  @Bean
  @ConditionalOnBooleanProperty("i2p.startup.fail-fast")
  FailFastStart i2pFailFastStart(StreamManagers managers, I2PProperties properties) {
    return new FailFastStart(managers, properties.startup().timeout());
  }

  /** For existing clients; no default candidate, because others look for factories of TCP. */
  @Bean(defaultCandidate = false)
  @ConditionalOnMissingBean(name = "i2pSocketFactory")
  @ConditionalOnSingleCandidate(StreamManager.class)
  SocketFactory i2pSocketFactory(StreamManager manager) {
    return manager.socketFactory();
  }

  @Bean
  @ConditionalOnMissingBean
  @Conditional(OneManagerForTheTemplate.class)
  I2PStreamTemplate i2pStreamTemplate(
      StreamManagers managers, I2PProperties properties, Environment environment) {
    String name = properties.template().manager();
    return StreamTemplates.create(
        managers.get(name == null ? "" : name.strip(), "The property 'i2p.template.manager'"),
        properties.template(),
        Threading.VIRTUAL.isActive(environment));
  }

  /** Whether it is clear by which manager the template dials. */
  static final class OneManagerForTheTemplate extends AnyNestedCondition {
    OneManagerForTheTemplate() {
      super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnSingleCandidate(StreamManager.class)
    static class TheOnlyOrPrimaryOne {}

    @ConditionalOnProperty("i2p.template.manager")
    static class TheOneThatIsNamed {}
  }

  /** Threads of {@code @I2PListener} methods, unless the application has an executor for them. */
  @Bean(name = I2PListenerConfiguration.TASK_EXECUTOR_BEAN_NAME, defaultCandidate = false)
  @ConditionalOnMissingBean(name = I2PListenerConfiguration.TASK_EXECUTOR_BEAN_NAME)
  AsyncTaskExecutor i2pListenerTaskExecutor(Environment environment) {
    SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("i2p-listener-");
    if (Threading.VIRTUAL.isActive(environment)) {
      executor.setVirtualThreads(true);
    } else {
      executor.setDaemon(true);
    }
    return executor;
  }

  /** Finds the listener methods, unless the application says {@code @EnableI2P} itself. */
  @Configuration(proxyBeanMethods = false)
  @EnableI2P
  @ConditionalOnMissingBean(name = I2PListenerConfiguration.ANNOTATION_PROCESSOR_BEAN_NAME)
  static class EnableI2PConfiguration {}
}
