package io.i2pstreaming.autoconfigure.http;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.util.function.SingletonSupplier;

/** Builds what another builder builds, for everything but I2P. */
final class RoutingRequestFactoryBuilder
    implements ClientHttpRequestFactoryBuilder<ClientHttpRequestFactory> {
  private final ClientHttpRequestFactoryBuilder<?> others;
  private final Function<HttpClientSettings, ClientHttpRequestFactory> i2p;

  /** Asks {@code i2p} when the first request of a client needs it. */
  RoutingRequestFactoryBuilder(
      ClientHttpRequestFactoryBuilder<?> others,
      Function<HttpClientSettings, ClientHttpRequestFactory> i2p) {
    this.others = others;
    this.i2p = i2p;
  }

  @Override
  public ClientHttpRequestFactory build(@Nullable HttpClientSettings settings) {
    HttpClientSettings known = settings == null ? HttpClientSettings.defaults() : settings;
    return new RoutingRequestFactory(
        SingletonSupplier.of(() -> i2p.apply(known)),
        others.build(known.withRedirects(HttpRedirects.DONT_FOLLOW)),
        known.redirects() != HttpRedirects.DONT_FOLLOW);
  }
}
