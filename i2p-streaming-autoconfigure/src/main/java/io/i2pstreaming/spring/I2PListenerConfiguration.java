package io.i2pstreaming.spring;

import java.util.concurrent.Executor;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

/** The infrastructure beans of {@link EnableI2P}. */
@Configuration(proxyBeanMethods = false)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public class I2PListenerConfiguration {
  /** Bean that finds {@link I2PListener} methods. */
  public static final String ANNOTATION_PROCESSOR_BEAN_NAME =
      "io.i2pstreaming.spring.internalI2PListenerAnnotationProcessor";

  /** Bean that keeps the containers. */
  public static final String ENDPOINT_REGISTRY_BEAN_NAME =
      "io.i2pstreaming.spring.internalI2PListenerEndpointRegistry";

  /**
   * Optional bean, an {@link I2PListenerContainerFactory}: of the containers that name no other.
   */
  public static final String CONTAINER_FACTORY_BEAN_NAME = "i2pListenerContainerFactory";

  /** Optional bean, an {@link Executor}: where handlers run. Default is a new thread per stream. */
  public static final String TASK_EXECUTOR_BEAN_NAME = "i2pListenerTaskExecutor";

  @Bean(ANNOTATION_PROCESSOR_BEAN_NAME)
  @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
  static I2PListenerAnnotationBeanPostProcessor i2pListenerAnnotationProcessor() {
    return new I2PListenerAnnotationBeanPostProcessor();
  }

  @Bean(ENDPOINT_REGISTRY_BEAN_NAME)
  @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
  static I2PListenerEndpointRegistry i2pListenerEndpointRegistry() {
    return new I2PListenerEndpointRegistry();
  }

  @Bean
  @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
  static StreamManagers i2pStreamManagers(ListableBeanFactory beans) {
    return new StreamManagers(beans);
  }

  @Bean
  @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
  static StreamManagerLifecycle i2pStreamManagerLifecycle(StreamManagers managers) {
    return new StreamManagerLifecycle(managers);
  }
}
