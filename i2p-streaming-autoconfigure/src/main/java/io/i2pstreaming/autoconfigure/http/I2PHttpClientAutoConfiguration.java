package io.i2pstreaming.autoconfigure.http;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.autoconfigure.I2PStreamingAutoConfiguration;
import io.i2pstreaming.spring.http.ClearNetNames;
import io.i2pstreaming.spring.http.I2PClientHttpRequestFactory;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * {@code http://….i2p} for Spring's HTTP clients: a request factory for those that the application
 * builds itself, and a way to I2P in those that Spring Boot builds.
 */
@AutoConfiguration(after = I2PStreamingAutoConfiguration.class)
@ConditionalOnClass({ClientHttpRequestFactory.class, CloseableHttpClient.class})
@ConditionalOnSingleCandidate(StreamManager.class)
public final class I2PHttpClientAutoConfiguration {
  static final String FACTORY_BEAN_NAME = "i2pClientHttpRequestFactory";

  /** No default candidate: who asks for just any request factory wants Spring Boot's. */
  @Bean(name = FACTORY_BEAN_NAME, defaultCandidate = false)
  @ConditionalOnMissingBean(name = FACTORY_BEAN_NAME)
  I2PClientHttpRequestFactory i2pClientHttpRequestFactory(StreamManager manager) {
    return new I2PClientHttpRequestFactory(manager);
  }

  /** What Spring Boot builds: {@code RestClient.Builder}, {@code RestTemplateBuilder}, groups. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ClientHttpRequestFactoryBuilder.class)
  static class BuiltBySpringBoot {
    @Bean
    static BeanPostProcessor i2pRequestFactoryRouting(ConfigurableListableBeanFactory beans) {
      return new RequestFactoryRouting(beans);
    }

    @Bean
    ClientHttpRequestFactoryBuilderCustomizer<HttpComponentsClientHttpRequestFactoryBuilder>
        i2pNamesOutOfDns() {
      return new NamesOutOfDns();
    }
  }

  /** A class, because Spring Boot reads from it which builders it is for. */
  static final class NamesOutOfDns
      implements ClientHttpRequestFactoryBuilderCustomizer<
          HttpComponentsClientHttpRequestFactoryBuilder> {
    @Override
    public HttpComponentsClientHttpRequestFactoryBuilder customize(
        HttpComponentsClientHttpRequestFactoryBuilder builder) {
      return builder.withDnsResolver(new ClearNetNames());
    }
  }

  /** Gives I2P to builders, unless somebody may want one by a type of its own. */
  static final class RequestFactoryRouting implements BeanPostProcessor {
    private final ConfigurableListableBeanFactory beans;

    RequestFactoryRouting(ConfigurableListableBeanFactory beans) {
      this.beans = beans;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
      if (!(bean instanceof ClientHttpRequestFactoryBuilder<?> builder) || !isDeclaredSo(name)) {
        return bean;
      }
      return new RoutingRequestFactoryBuilder(
          builder,
          () -> beans.getBean(FACTORY_BEAN_NAME, I2PClientHttpRequestFactory.class),
          () -> beans.getBean(StreamManager.class));
    }

    private boolean isDeclaredSo(String name) {
      return beans.containsBeanDefinition(name)
          && beans.getMergedBeanDefinition(name).getResolvableType().resolve()
              == ClientHttpRequestFactoryBuilder.class;
    }
  }
}
