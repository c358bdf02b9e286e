package io.i2pstreaming.autoconfigure.http;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.autoconfigure.I2PStreamingAutoConfiguration;
import io.i2pstreaming.spring.I2PConfigurationException;
import io.i2pstreaming.spring.http.I2PClientHttpRequestFactory;
import io.i2pstreaming.spring.http.I2PClientRequestObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.observation.ClientRequestObservationConvention;
import org.springframework.http.client.reactive.ClientHttpConnector;
import reactor.core.publisher.Mono;

/**
 * {@code http://….i2p} for Spring's HTTP clients: a request factory for those that the application
 * builds itself, and a way to I2P in those that Spring Boot builds. The latter never look up a name
 * of I2P, also where they have no way there.
 */
@AutoConfiguration(after = I2PStreamingAutoConfiguration.class)
@ConditionalOnClass(ClientHttpRequestFactory.class)
@ConditionalOnBooleanProperty(name = "i2p.http-client.enabled", matchIfMissing = true)
@EnableConfigurationProperties(I2PHttpClientProperties.class)
public final class I2PHttpClientAutoConfiguration {
  static final String FACTORY_BEAN_NAME = "i2pClientHttpRequestFactory";

  /** Requests over streams. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(CloseableHttpClient.class)
  @ConditionalOnBean(StreamManager.class)
  static class ByApachesClient {
    /** No default candidate: who asks for just any request factory wants Spring Boot's. */
    @Bean(name = FACTORY_BEAN_NAME, defaultCandidate = false)
    @ConditionalOnMissingBean(name = FACTORY_BEAN_NAME)
    I2PClientHttpRequestFactory i2pClientHttpRequestFactory(
        ListableBeanFactory beans, I2PHttpClientProperties properties) {
      return builder(beans, properties).build();
    }

    static I2PClientHttpRequestFactory.Builder builder(
        ListableBeanFactory beans, I2PHttpClientProperties properties) {
      try {
        return I2PClientHttpRequestFactory.builder(new ChosenManager(beans, properties.manager()))
            .userAgent(properties.userAgent())
            .propagatesTraces(properties.propagateTraces())
            .maxStreams(properties.maxStreamsPerSite(), properties.maxStreams());
      } catch (IllegalArgumentException e) {
        throw new I2PConfigurationException(
            "'i2p.http-client.max-streams' or '.max-streams-per-site' is not possible: "
                + e.getMessage()
                + ".",
            "Set both to 1 or more.",
            e);
      }
    }

    /** Apart, because an application may use Apache's client without Spring Boot's module. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HttpClientSettings.class)
    static class BySettingsOfSpringBoot {
      @Bean
      I2PRequestFactories i2pRequestFactories(
          @Qualifier(FACTORY_BEAN_NAME) ClientHttpRequestFactory shared,
          ListableBeanFactory beans,
          I2PHttpClientProperties properties) {
        return new I2PRequestFactories(
            shared,
            tls -> builder(beans, properties).tls(tls).build(),
            properties.connectTimeout());
      }
    }
  }

  /** No name of a site in meters and traces of requests, unless the application decides. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ObservationRegistry.class)
  static class Observed {
    @Bean
    @ConditionalOnMissingBean(ClientRequestObservationConvention.class)
    I2PClientRequestObservationConvention i2pClientRequestObservationConvention(
        @Value("${management.observations.http.client.requests.name:http.client.requests}")
            String name) {
      return new I2PClientRequestObservationConvention(name);
    }
  }

  /** What Spring Boot builds: {@code RestClient.Builder}, {@code RestTemplateBuilder}, groups. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ClientHttpRequestFactoryBuilder.class)
  static class BuiltBySpringBoot {
    @Bean
    static BeanPostProcessor i2pRequestFactoryRouting(ConfigurableListableBeanFactory beans) {
      return new RequestFactoryRouting(beans);
    }
  }

  /** {@code WebClient}, which has no way to I2P. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({ClientHttpConnectorBuilder.class, ClientHttpConnector.class, Mono.class})
  static class ReactiveBuiltBySpringBoot {
    @Bean
    static BeanPostProcessor i2pConnectorGuard(ConfigurableListableBeanFactory beans) {
      return new ConnectorGuard(beans);
    }
  }
}
