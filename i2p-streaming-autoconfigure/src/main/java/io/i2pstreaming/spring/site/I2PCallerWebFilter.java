package io.i2pstreaming.spring.site;

import io.i2pstreaming.identity.Destination;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets a reactive application believe its {@code X-I2P-…} headers: they stay if the gateway has set
 * them, and nobody else's are seen. Before all other filters. An I2P caller's remote address is a
 * private IPv6 address made from its destination.
 */
public final class I2PCallerWebFilter implements WebFilter, Ordered {
  /** Exchange attribute: the caller's {@link Destination}; absent for callers from elsewhere. */
  public static final String CALLER_ATTRIBUTE = "io.i2pstreaming.caller";

  private final CallerHeaders headers;

  /** A filter that shares its secret with the gateway. */
  public I2PCallerWebFilter(CallerHeaders headers) {
    this.headers = headers;
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    ServerHttpRequest request = exchange.getRequest();
    Destination caller = caller(request.getHeaders());
    ServerHttpRequest.Builder seen = request.mutate().headers(all -> hide(all, caller != null));
    if (caller == null) {
      exchange.getAttributes().remove(CALLER_ATTRIBUTE);
    } else {
      exchange.getAttributes().put(CALLER_ATTRIBUTE, caller);
      InetSocketAddress gateway = request.getRemoteAddress();
      seen.remoteAddress(
          new InetSocketAddress(
              CallerAddress.of(caller.hash()), gateway == null ? 0 : gateway.getPort()));
    }
    return chain.filter(exchange.mutate().request(seen.build()).build());
  }

  private @Nullable Destination caller(HttpHeaders all) {
    String destination = all.getFirst(CallerHeaders.DEST_B64);
    return destination != null && headers.isFromGateway(all.getFirst(CallerHeaders.SECRET))
        ? Destination.fromBase64(destination)
        : null;
  }

  private static void hide(HttpHeaders all, boolean fromGateway) {
    for (String name : new ArrayList<>(all.headerNames())) {
      if (CallerHeaders.isOurs(name)
          && (!fromGateway || name.equalsIgnoreCase(CallerHeaders.SECRET))) {
        all.remove(name);
      }
    }
  }
}
