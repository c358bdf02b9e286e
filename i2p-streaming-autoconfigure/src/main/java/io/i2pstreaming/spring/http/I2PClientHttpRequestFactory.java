package io.i2pstreaming.spring.http;

import io.i2pstreaming.StreamManager;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

/**
 * HTTP requests to I2P, over streams of one manager which are kept and used again. Knows no other
 * network: the router resolves every name, and what is no name of I2P is refused, also as the
 * target of a redirect. Says little about its user: no {@code User-Agent}, and no cookies are kept.
 * Connecting takes as long as the manager's options allow. Safe for any number of threads.
 */
public final class I2PClientHttpRequestFactory implements ClientHttpRequestFactory, AutoCloseable {
  private static final int MAX_STREAMS_PER_SITE = 20;
  private static final int MAX_STREAMS = 100;
  private static final Timeout READ_TIMEOUT = Timeout.ofMinutes(3);

  private final CloseableHttpClient client;
  private final HttpComponentsClientHttpRequestFactory requests;

  /** For {@code https}, trusts whom the JVM trusts. */
  public I2PClientHttpRequestFactory(StreamManager manager) {
    this(client(manager, DefaultClientTlsStrategy.createDefault()), null, true);
  }

  /** For {@code https}, trusts and shows what {@code tls} says. */
  public I2PClientHttpRequestFactory(StreamManager manager, SSLContext tls) {
    this(client(manager, new DefaultClientTlsStrategy(tls)), null, true);
  }

  private I2PClientHttpRequestFactory(
      CloseableHttpClient client, @Nullable Duration readTimeout, boolean redirects) {
    this.client = client;
    RequestConfig.Builder config =
        RequestConfig.custom().setRedirectsEnabled(redirects).setProtocolUpgradeEnabled(false);
    if (readTimeout != null) {
      config.setResponseTimeout(Timeout.of(readTimeout));
    }
    RequestConfig built = config.build();
    requests = new HttpComponentsClientHttpRequestFactory(client);
    requests.setHttpContextFactory(
        (method, uri) -> {
          HttpClientContext context = HttpClientContext.create();
          context.setRequestConfig(built);
          return context;
        });
  }

  private static CloseableHttpClient client(StreamManager manager, TlsSocketStrategy tls) {
    SocketFactory sockets = manager.socketFactory();
    PoolingHttpClientConnectionManager streams =
        new PoolingHttpClientConnectionManager(
            new DefaultHttpClientConnectionOperator(
                proxy -> sockets.createSocket(),
                null,
                new UnresolvedNames(),
                RegistryBuilder.<TlsSocketStrategy>create()
                    .register(URIScheme.HTTPS.id, tls)
                    .build()),
            PoolConcurrencyPolicy.STRICT,
            PoolReusePolicy.LIFO,
            TimeValue.NEG_ONE_MILLISECOND,
            null);
    streams.setDefaultMaxPerRoute(MAX_STREAMS_PER_SITE);
    streams.setMaxTotal(MAX_STREAMS);
    // Zero leaves the time for a dial to the manager's options.
    streams.setDefaultConnectionConfig(
        ConnectionConfig.custom().setConnectTimeout(Timeout.ZERO_MILLISECONDS).build());
    streams.setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(READ_TIMEOUT).build());
    return HttpClients.custom()
        .setConnectionManager(streams)
        .disableDefaultUserAgent()
        .disableCookieManagement()
        .disableAuthCaching()
        .build();
  }

  /**
   * The same streams, used otherwise.
   *
   * @param readTimeout how long to wait for a part of a response; null waits three minutes
   * @param redirects whether to follow redirects, which lead to I2P only
   */
  public I2PClientHttpRequestFactory with(@Nullable Duration readTimeout, boolean redirects) {
    return new I2PClientHttpRequestFactory(client, readTimeout, redirects);
  }

  @Override
  public ClientHttpRequest createRequest(URI uri, HttpMethod method) throws IOException {
    if (!I2PHost.isI2P(uri)) {
      throw new UnknownHostException("not a name of I2P; this client reaches nothing else");
    }
    return requests.createRequest(uri, method);
  }

  /** Closes the streams, those in use included. */
  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
  }
}
