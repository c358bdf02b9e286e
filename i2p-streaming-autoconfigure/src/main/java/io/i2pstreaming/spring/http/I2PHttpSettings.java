package io.i2pstreaming.spring.http;

import java.net.URI;
import java.time.Duration;
import java.util.function.BiFunction;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.cookie.CookieStore;
import org.apache.hc.client5.http.cookie.StandardCookieSpec;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/**
 * How one client uses streams that it may share with others.
 *
 * @param connectTimeout how long a dial may take; null takes the manager's option
 * @param readTimeout how long to wait for a part of a response; null waits three minutes
 * @param redirects whether to follow redirects, which lead to I2P only
 * @param cookies whether to keep cookies, for this client alone
 */
public record I2PHttpSettings(
    @Nullable Duration connectTimeout,
    @Nullable Duration readTimeout,
    boolean redirects,
    boolean cookies) {
  private static final I2PHttpSettings DEFAULTS = new I2PHttpSettings(null, null, true, false);

  /** The manager's connect timeout, three minutes for a read, redirects, no cookies. */
  public static I2PHttpSettings defaults() {
    return DEFAULTS;
  }

  // A timeout for the pool would hold for all who share it; Apache has no other for a request.
  @SuppressWarnings("deprecation")
  BiFunction<HttpMethod, URI, HttpContext> contexts() {
    RequestConfig.Builder builder =
        RequestConfig.custom()
            .setRedirectsEnabled(redirects)
            .setProtocolUpgradeEnabled(false)
            .setCookieSpec(cookies ? StandardCookieSpec.RELAXED : StandardCookieSpec.IGNORE);
    if (connectTimeout != null) {
      builder.setConnectTimeout(Timeout.of(connectTimeout));
    }
    if (readTimeout != null) {
      builder.setResponseTimeout(Timeout.of(readTimeout));
    }
    RequestConfig config = builder.build();
    CookieStore store = new BasicCookieStore();
    return (method, uri) -> {
      HttpClientContext context = HttpClientContext.create();
      context.setRequestConfig(config);
      context.setCookieStore(store);
      return context;
    };
  }
}
