package io.i2pstreaming.autoconfigure.http;

import java.net.UnknownHostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.http.client.ClientHttpRequestFactory;

/** Gives I2P to builders, unless somebody may want one by a type of its own. */
final class RequestFactoryRouting implements BeanPostProcessor {
  private static final Logger log = LoggerFactory.getLogger(RequestFactoryRouting.class);

  private final ConfigurableListableBeanFactory beans;

  RequestFactoryRouting(ConfigurableListableBeanFactory beans) {
    this.beans = beans;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (!(bean instanceof ClientHttpRequestFactoryBuilder<?> builder)) {
      return bean;
    }
    if (!isDeclaredAs(ClientHttpRequestFactoryBuilder.class, name, beans)) {
      log.warn(
          "HTTP clients built by the bean '{}' do not reach I2P, and look up its names in the"
              + " DNS: declare it as ClientHttpRequestFactoryBuilder<?>",
          name);
      return bean;
    }
    return new RoutingRequestFactoryBuilder(builder, this::i2p);
  }

  /** Whether nobody can ask for the bean by another type. */
  static boolean isDeclaredAs(Class<?> type, String name, ConfigurableListableBeanFactory beans) {
    return beans.containsBeanDefinition(name)
        && type.equals(beans.getMergedBeanDefinition(name).getResolvableType().resolve());
  }

  private ClientHttpRequestFactory i2p(HttpClientSettings settings) {
    I2PRequestFactories factories = beans.getBeanProvider(I2PRequestFactories.class).getIfUnique();
    if (factories != null) {
      return factories.with(settings);
    }
    return (uri, method) -> {
      throw new UnknownHostException(
          "a name of I2P: reaching it takes a StreamManager bean and the dependency"
              + " org.apache.httpcomponents.client5:httpclient5");
    };
  }
}
