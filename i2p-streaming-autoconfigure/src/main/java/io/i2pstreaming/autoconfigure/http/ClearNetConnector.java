package io.i2pstreaming.autoconfigure.http;

import io.i2pstreaming.spring.http.I2PHost;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import org.springframework.http.client.reactive.ClientHttpResponse;
import reactor.core.publisher.Mono;

/**
 * {@code WebClient}'s way to the clear net. It has none to I2P, and refuses those names, also as
 * the target of a redirect: so it follows redirects itself, as {@link ClearNetRequest} does.
 */
final class ClearNetConnector implements ClientHttpConnector {
  private final ClientHttpConnector others;
  private final boolean redirects;

  /** {@code others} must not follow redirects: this does, if told so. */
  ClearNetConnector(ClientHttpConnector others, boolean redirects) {
    this.others = others;
    this.redirects = redirects;
  }

  @Override
  public Mono<ClientHttpResponse> connect(
      HttpMethod method, URI uri, Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
    if (I2PHost.isI2P(uri)) {
      return Mono.error(
          new UnknownHostException(
              "a name of I2P, which WebClient does not reach: use RestClient or RestTemplate"));
    }
    return step(method, uri, requestCallback, 0);
  }

  private Mono<ClientHttpResponse> step(
      HttpMethod method,
      URI uri,
      Function<? super ClientHttpRequest, Mono<Void>> write,
      int followed) {
    Mono<ClientHttpResponse> answer = others.connect(method, uri, write);
    return redirects
        ? answer.flatMap(response -> follow(method, uri, write, followed, response))
        : answer;
  }

  private Mono<ClientHttpResponse> follow(
      HttpMethod method,
      URI uri,
      Function<? super ClientHttpRequest, Mono<Void>> write,
      int followed,
      ClientHttpResponse response) {
    try {
      Redirect redirect =
          Redirect.of(
              uri,
              method,
              response.getStatusCode().value(),
              response.getHeaders().getFirst(HttpHeaders.LOCATION));
      if (redirect == null) {
        return Mono.just(response);
      }
      if (followed == Redirect.MOST) {
        throw new ProtocolException("more than " + Redirect.MOST + " redirects");
      }
      return drained(response)
          .then(
              Mono.defer(
                  () ->
                      step(
                          redirect.method(),
                          redirect.target(),
                          request -> again(redirect, uri, request, write),
                          followed + 1)));
    } catch (IOException e) {
      return drained(response).then(Mono.error(e));
    }
  }

  private static Mono<Void> drained(ClientHttpResponse response) {
    return response.getBody().doOnNext(DataBufferUtils::release).then();
  }

  /** Writes the request once more, without what must not go there. */
  private static Mono<Void> again(
      Redirect redirect,
      URI from,
      ClientHttpRequest request,
      Function<? super ClientHttpRequest, Mono<Void>> write) {
    request.beforeCommit(
        () ->
            Mono.fromRunnable(
                () -> {
                  HttpHeaders headers = request.getHeaders();
                  for (String name : List.copyOf(headers.headerNames())) {
                    if (!redirect.keeps(from, name)) {
                      headers.remove(name);
                    }
                  }
                  if (!redirect.isSameSite(from)) {
                    request.getCookies().clear();
                  }
                }));
    return write.apply(redirect.sameBody() ? request : new WithoutBody(request));
  }

  private static final class WithoutBody extends ClientHttpRequestDecorator {
    WithoutBody(ClientHttpRequest request) {
      super(request);
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
      return setComplete();
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
      return setComplete();
    }
  }
}
