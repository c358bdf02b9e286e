package io.i2pstreaming.spring.http;

import io.i2pstreaming.StreamManager;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.CookieSpecSupport;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.psl.DomainType;
import org.apache.hc.client5.http.psl.PublicSuffixMatcher;
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
 * network and no proxy: the router resolves every name, and what is no name of I2P is refused, also
 * as the target of a redirect. Safe for any number of threads.
 */
public final class I2PClientHttpRequestFactory implements ClientHttpRequestFactory, AutoCloseable {
  /** What the proxies of Java I2P and i2pd make of every browser's {@code User-Agent}. */
  public static final String COMMON_USER_AGENT = "MYOB/6.66 (AN/ON)";

  /** By these, sites that compare could tell that their requests belong together. */
  private static final List<String> TRACE_HEADERS =
      List.of(
          "traceparent",
          "tracestate",
          "baggage",
          "b3",
          "X-B3-TraceId",
          "X-B3-SpanId",
          "X-B3-ParentSpanId",
          "X-B3-Sampled",
          "X-B3-Flags");

  /** Longer than this, a stream without a request is no longer kept. */
  private static final TimeValue KEPT_IDLE = TimeValue.ofMinutes(1);

  private static final Timeout READ_TIMEOUT = Timeout.ofMinutes(3);

  private final CloseableHttpClient client;
  private final HttpComponentsClientHttpRequestFactory requests;

  /** As {@link #builder} makes it without further calls. */
  public I2PClientHttpRequestFactory(StreamManager manager) {
    this(builder(() -> manager).client(), I2PHttpSettings.defaults());
  }

  private I2PClientHttpRequestFactory(CloseableHttpClient client, I2PHttpSettings settings) {
    this.client = client;
    requests = new HttpComponentsClientHttpRequestFactory(client);
    requests.setHttpContextFactory(settings.contexts());
  }

  /** Asks for the manager with every stream it opens, and not before. */
  public static Builder builder(Supplier<StreamManager> manager) {
    return new Builder(manager);
  }

  /** The same streams, used otherwise. */
  public I2PClientHttpRequestFactory with(I2PHttpSettings settings) {
    return new I2PClientHttpRequestFactory(client, settings);
  }

  @Override
  public ClientHttpRequest createRequest(URI uri, HttpMethod method) throws IOException {
    String host = uri.getHost();
    if (host == null || !I2PHost.isI2P(host)) {
      throw new UnknownHostException(
          I2PHost.isI2P(uri)
              ? "not a host name of I2P: give one of letters, digits and hyphens, or a .b32.i2p"
                  + " address"
              : "not a name of I2P; this client reaches nothing else");
    }
    return requests.createRequest(uri, method);
  }

  /** Closes the streams, those in use included. */
  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
  }

  /** What is the same for all requests that share streams. */
  public static final class Builder {
    private final Supplier<StreamManager> manager;
    private @Nullable SSLContext tls;
    private String userAgent = COMMON_USER_AGENT;
    private boolean propagatesTraces;
    private int streamsPerSite = 20;
    private int streams = 100;

    private Builder(Supplier<StreamManager> manager) {
      this.manager = manager;
    }

    /** For {@code https}: whom to trust, and what to show; else whom the JVM trusts. */
    public Builder tls(SSLContext context) {
      tls = context;
      return this;
    }

    /** The {@code User-Agent} of requests that have none; empty sends none. */
    public Builder userAgent(String text) {
      userAgent = text;
      return this;
    }

    /** Whether sites get the headers of distributed tracing; they do not unless this is called. */
    public Builder propagatesTraces(boolean wanted) {
      propagatesTraces = wanted;
      return this;
    }

    /**
     * Open streams, at most: further requests wait for one.
     *
     * @throws IllegalArgumentException if a number is not positive
     */
    public Builder maxStreams(int perSite, int inAll) {
      if (perSite < 1 || inAll < 1) {
        throw new IllegalArgumentException("at least one stream is needed");
      }
      streamsPerSite = perSite;
      streams = inAll;
      return this;
    }

    /** Opens nothing yet. */
    public I2PClientHttpRequestFactory build() {
      return new I2PClientHttpRequestFactory(client(), I2PHttpSettings.defaults());
    }

    private CloseableHttpClient client() {
      HttpClientBuilder builder =
          HttpClients.custom()
              .setConnectionManager(pool())
              .evictIdleConnections(KEPT_IDLE)
              .replaceExecInterceptor(ChainElement.RETRY.name(), new QuietRetry())
              .disableAuthCaching()
              // No site sets a cookie for all sites.
              .setDefaultCookieSpecRegistry(
                  CookieSpecSupport.createDefault(
                      new PublicSuffixMatcher(DomainType.ICANN, List.of("i2p", "b32.i2p"), null)));
      if (!propagatesTraces) {
        builder.addRequestInterceptorFirst(
            (request, body, context) -> TRACE_HEADERS.forEach(request::removeHeaders));
      }
      return (userAgent.isEmpty()
              ? builder.disableDefaultUserAgent()
              : builder.setUserAgent(userAgent))
          .build();
    }

    private PoolingHttpClientConnectionManager pool() {
      TlsSocketStrategy secured =
          tls == null
              ? DefaultClientTlsStrategy.createDefault()
              : new DefaultClientTlsStrategy(tls);
      PoolingHttpClientConnectionManager pool =
          new PoolingHttpClientConnectionManager(
              new DefaultHttpClientConnectionOperator(
                  proxy -> manager.get().newSocket(),
                  null,
                  new UnresolvedNames(),
                  RegistryBuilder.<TlsSocketStrategy>create()
                      .register(URIScheme.HTTPS.id, secured)
                      .build()),
              PoolConcurrencyPolicy.STRICT,
              PoolReusePolicy.LIFO,
              TimeValue.NEG_ONE_MILLISECOND,
              null);
      pool.setDefaultMaxPerRoute(streamsPerSite);
      pool.setMaxTotal(streams);
      pool.setDefaultConnectionConfig(
          ConnectionConfig.custom()
              // Leaves the time for a dial to the manager's options.
              .setConnectTimeout(Timeout.ZERO_MILLISECONDS)
              // Always: a look into a stream costs nothing beside a round trip, and a POST that
              // meets a closed one is not repeated.
              .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
              .build());
      pool.setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(READ_TIMEOUT).build());
      return pool;
    }
  }
}
