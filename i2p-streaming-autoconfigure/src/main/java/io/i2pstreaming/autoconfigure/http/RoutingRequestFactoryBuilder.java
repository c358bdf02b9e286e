package io.i2pstreaming.autoconfigure.http;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.spring.http.I2PClientHttpRequestFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * Builds what another builder builds, for everything but I2P. Applies read timeout, redirects and
 * SSL bundle on the way to I2P, too.
 */
final class RoutingRequestFactoryBuilder
    implements ClientHttpRequestFactoryBuilder<ClientHttpRequestFactory> {
  private final ClientHttpRequestFactoryBuilder<?> others;
  private final Supplier<I2PClientHttpRequestFactory> shared;
  private final Supplier<StreamManager> manager;

  RoutingRequestFactoryBuilder(
      ClientHttpRequestFactoryBuilder<?> others,
      Supplier<I2PClientHttpRequestFactory> shared,
      Supplier<StreamManager> manager) {
    this.others = others;
    this.shared = shared;
    this.manager = manager;
  }

  @Override
  public ClientHttpRequestFactory build(@Nullable HttpClientSettings settings) {
    return new RoutingRequestFactory(i2p(settings), others.build(settings));
  }

  private ClientHttpRequestFactory i2p(@Nullable HttpClientSettings settings) {
    if (settings == null) {
      return shared.get();
    }
    SslBundle bundle = settings.sslBundle();
    // Streams that TLS was agreed on for one bundle are no streams for another one.
    I2PClientHttpRequestFactory streams =
        bundle == null
            ? shared.get()
            : new I2PClientHttpRequestFactory(manager.get(), bundle.createSslContext());
    return streams.with(settings.readTimeout(), settings.redirects() != HttpRedirects.DONT_FOLLOW);
  }
}
