package io.i2pstreaming.autoconfigure.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;

/**
 * A request to the clear net that follows redirects itself, because the client below would do so
 * without asking us: it would look up a name of I2P. Every step is a request of that client.
 */
final class ClearNetRequest implements ClientHttpRequest, StreamingHttpOutputMessage {
  private final ClientHttpRequestFactory requests;
  private final ClientHttpRequest first;
  private @Nullable Body body;
  private boolean written;

  /** {@code requests} must not follow redirects. */
  ClearNetRequest(ClientHttpRequestFactory requests, URI uri, HttpMethod method)
      throws IOException {
    this.requests = requests;
    this.first = requests.createRequest(uri, method);
  }

  @Override
  public ClientHttpResponse execute() throws IOException {
    give(first, body);
    ClientHttpResponse response = first.execute();
    ClientHttpRequest sent = first;
    for (int followed = 0; ; followed++) {
      ClientHttpRequest next = next(sent, response);
      if (next == null) {
        return response;
      }
      response.close();
      if (followed == Redirect.MOST) {
        throw new ProtocolException("more than " + Redirect.MOST + " redirects");
      }
      response = next.execute();
      sent = next;
    }
  }

  private @Nullable ClientHttpRequest next(ClientHttpRequest sent, ClientHttpResponse response)
      throws IOException {
    Redirect redirect;
    try {
      redirect =
          Redirect.of(
              sent.getURI(),
              sent.getMethod(),
              response.getStatusCode().value(),
              response.getHeaders().getFirst(HttpHeaders.LOCATION));
    } catch (IOException e) {
      response.close();
      throw e;
    }
    Body again = redirect != null && redirect.sameBody() ? body : null;
    boolean cannotRepeat =
        redirect != null
            && redirect.sameBody()
            && (written || (again != null && !again.repeatable()));
    if (redirect == null || cannotRepeat) {
      return null;
    }
    ClientHttpRequest next = requests.createRequest(redirect.target(), redirect.method());
    redirect.copyHeaders(sent.getURI(), sent.getHeaders(), next.getHeaders());
    next.getAttributes().putAll(sent.getAttributes());
    give(next, again);
    return next;
  }

  private static void give(ClientHttpRequest request, @Nullable Body body) throws IOException {
    if (body == null) {
      return;
    }
    if (request instanceof StreamingHttpOutputMessage streaming) {
      streaming.setBody(body);
    } else {
      body.writeTo(request.getBody());
    }
  }

  @Override
  public void setBody(Body body) {
    this.body = body;
  }

  @Override
  public OutputStream getBody() throws IOException {
    written = true;
    return first.getBody();
  }

  @Override
  public HttpHeaders getHeaders() {
    return first.getHeaders();
  }

  @Override
  public HttpMethod getMethod() {
    return first.getMethod();
  }

  @Override
  public URI getURI() {
    return first.getURI();
  }

  @Override
  public Map<String, Object> getAttributes() {
    return first.getAttributes();
  }
}
