package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.spring.I2PListener;
import io.i2pstreaming.spring.I2PListenerConfiguration;
import io.i2pstreaming.spring.I2PListenerContainer;
import io.i2pstreaming.spring.I2PListenerContainerFactory;
import io.i2pstreaming.spring.I2PListeners;
import io.i2pstreaming.spring.StreamManagerLifecycle;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;

/** The factory of listener containers, as {@code i2p.listener.*} says. */
@AutoConfiguration(after = I2PStreamingAutoConfiguration.class)
@EnableConfigurationProperties({I2PListenerProperties.class, I2PShutdownProperties.class})
public final class I2PListenerAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  I2PListenerContainerFactoryConfigurer i2pListenerContainerFactoryConfigurer(
      I2PListenerProperties properties, I2PShutdownProperties shutdown) {
    return new I2PListenerContainerFactoryConfigurer(properties, shutdown);
  }

  @Bean(name = I2PListenerConfiguration.CONTAINER_FACTORY_BEAN_NAME)
  @ConditionalOnMissingBean(name = I2PListenerConfiguration.CONTAINER_FACTORY_BEAN_NAME)
  I2PListenerContainerFactory i2pListenerContainerFactory(
      I2PListenerContainerFactoryConfigurer configurer) {
    I2PListenerContainerFactory factory = new I2PListenerContainerFactory();
    configurer.configure(factory);
    return factory;
  }

  /** Sessions that end wait as long as listeners that stop. */
  @Bean
  SmartInitializingSingleton i2pShutdownGracePeriod(
      ObjectProvider<StreamManagerLifecycle> lifecycle, I2PShutdownProperties shutdown) {
    return () -> lifecycle.ifAvailable(managers -> managers.setGracePeriod(shutdown.gracePeriod()));
  }

  /** Listeners are there for their peers, though no other bean asks for them. */
  @Bean
  static LazyInitializationExcludeFilter i2pListenerLazyInitializationExcludeFilter() {
    return (beanName, definition, type) -> isListener(type);
  }

  private static boolean isListener(Class<?> type) {
    Class<?> user = ClassUtils.getUserClass(type);
    return I2PListenerContainer.class.isAssignableFrom(user)
        || (AnnotationUtils.isCandidateClass(user, List.of(I2PListener.class, I2PListeners.class))
            && (isAnnotated(user)
                || !MethodIntrospector.selectMethods(user, (Method method) -> isAnnotated(method))
                    .isEmpty()));
  }

  private static boolean isAnnotated(AnnotatedElement element) {
    return AnnotatedElementUtils.hasAnnotation(element, I2PListener.class)
        || AnnotatedElementUtils.hasAnnotation(element, I2PListeners.class);
  }
}
