package io.i2pstreaming.spring.http;

import java.io.IOException;
import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.util.TimeValue;

/**
 * Sends a request once more when its stream broke, if that does no harm: a site may end a stream
 * just when it is used again. In place of Apache's, which names the site in the log at INFO.
 */
final class QuietRetry implements ExecChainHandler {
  private final HttpRequestRetryStrategy once =
      new DefaultHttpRequestRetryStrategy(1, TimeValue.ZERO_MILLISECONDS);

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    try {
      return chain.proceed(request, scope);
    } catch (IOException e) {
      HttpEntity body = request.getEntity();
      if (scope.execRuntime.isExecutionAborted()
          || (body != null && !body.isRepeatable())
          || !once.retryRequest(request, e, 1, scope.clientContext)) {
        throw e;
      }
      return chain.proceed(ClassicRequestBuilder.copy(scope.originalRequest).build(), scope);
    }
  }
}
