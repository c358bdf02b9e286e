package io.i2pstreaming.autoconfigure.http;

import io.i2pstreaming.spring.http.I2PHost;
import java.io.IOException;
import java.net.URI;
import java.util.function.Supplier;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;

/** Sends requests for names of I2P to one factory, all others to the factory of Spring Boot. */
final class RoutingRequestFactory implements ClientHttpRequestFactory, DisposableBean {
  private final Supplier<ClientHttpRequestFactory> i2p;
  private final ClientHttpRequestFactory others;
  private final boolean redirects;

  /** {@code others} must not follow redirects: this does, if told so. */
  RoutingRequestFactory(
      Supplier<ClientHttpRequestFactory> i2p, ClientHttpRequestFactory others, boolean redirects) {
    this.i2p = i2p;
    this.others = others;
    this.redirects = redirects;
  }

  @Override
  public ClientHttpRequest createRequest(URI uri, HttpMethod method) throws IOException {
    if (I2PHost.isI2P(uri)) {
      return i2p.get().createRequest(uri, method);
    }
    return redirects ? new ClearNetRequest(others, uri, method) : others.createRequest(uri, method);
  }

  /** Ends what was built with this one; the streams belong to their own bean. */
  @Override
  public void destroy() throws Exception {
    if (others instanceof DisposableBean disposable) {
      disposable.destroy();
    }
  }
}
