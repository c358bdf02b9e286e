package io.i2pstreaming.autoconfigure.http;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.http.client.reactive.ClientHttpConnector;

/** Keeps names of I2P from what connectors are built by, as {@link RequestFactoryRouting} does. */
final class ConnectorGuard implements BeanPostProcessor {
  private static final Logger log = LoggerFactory.getLogger(ConnectorGuard.class);

  private final ConfigurableListableBeanFactory beans;

  ConnectorGuard(ConfigurableListableBeanFactory beans) {
    this.beans = beans;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (!(bean instanceof ClientHttpConnectorBuilder<?> builder)) {
      return bean;
    }
    if (!RequestFactoryRouting.isDeclaredAs(ClientHttpConnectorBuilder.class, name, beans)) {
      log.warn(
          "WebClients built by the bean '{}' look up names of I2P in the DNS: declare it as"
              + " ClientHttpConnectorBuilder<?>",
          name);
      return bean;
    }
    return new Guarded(builder);
  }

  private record Guarded(ClientHttpConnectorBuilder<?> others)
      implements ClientHttpConnectorBuilder<ClientHttpConnector> {
    @Override
    public ClientHttpConnector build(@Nullable HttpClientSettings settings) {
      HttpClientSettings known = settings == null ? HttpClientSettings.defaults() : settings;
      return new ClearNetConnector(
          others.build(known.withRedirects(HttpRedirects.DONT_FOLLOW)),
          known.redirects() != HttpRedirects.DONT_FOLLOW);
    }
  }
}
