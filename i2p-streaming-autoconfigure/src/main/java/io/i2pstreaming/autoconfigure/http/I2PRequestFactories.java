package io.i2pstreaming.autoconfigure.http;

import io.i2pstreaming.spring.http.I2PClientHttpRequestFactory;
import io.i2pstreaming.spring.http.I2PHttpSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpCookieHandling;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.http.client.ClientHttpRequestFactory;

/** Request factories for I2P, by the settings of Spring Boot. Closes those that it makes. */
final class I2PRequestFactories implements AutoCloseable {
  private final ClientHttpRequestFactory shared;
  private final Function<SSLContext, I2PClientHttpRequestFactory> secured;
  private final @Nullable Duration connectTimeout;

  /** Few: an application names its bundles in its configuration. */
  private final Map<SslBundle, I2PClientHttpRequestFactory> byBundle = new ConcurrentHashMap<>();

  I2PRequestFactories(
      ClientHttpRequestFactory shared,
      Function<SSLContext, I2PClientHttpRequestFactory> secured,
      @Nullable Duration connectTimeout) {
    this.shared = shared;
    this.secured = secured;
    this.connectTimeout = connectTimeout;
  }

  /**
   * All with the same SSL bundle share their streams; streams that TLS was agreed on for one bundle
   * are no streams for another one.
   */
  ClientHttpRequestFactory with(HttpClientSettings settings) {
    if (!(shared instanceof I2PClientHttpRequestFactory ours)) {
      return shared;
    }
    SslBundle bundle = settings.sslBundle();
    I2PClientHttpRequestFactory streams =
        bundle == null
            ? ours
            : byBundle.computeIfAbsent(bundle, some -> secured.apply(some.createSslContext()));
    return streams.with(
        new I2PHttpSettings(
            connectTimeout == null ? settings.connectTimeout() : connectTimeout,
            settings.readTimeout(),
            settings.redirects() != HttpRedirects.DONT_FOLLOW,
            settings.cookieHandling() == HttpCookieHandling.ENABLE));
  }

  @Override
  public void close() {
    byBundle.values().forEach(I2PClientHttpRequestFactory::close);
  }
}
