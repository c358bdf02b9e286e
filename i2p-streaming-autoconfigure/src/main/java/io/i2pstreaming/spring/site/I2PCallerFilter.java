package io.i2pstreaming.spring.site;

import io.i2pstreaming.identity.Destination;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Lets a servlet application believe its {@code X-I2P-…} headers: they stay if the gateway has set
 * them, and nobody else's are seen. Belongs before all other filters and into every dispatch. An
 * I2P caller's {@code getRemoteHost()} is its b32 name, and its {@code getRemoteAddr()} a private
 * IPv6 address made from it.
 */
public final class I2PCallerFilter implements Filter {
  /** Request attribute: the caller's {@link Destination}; absent for callers from elsewhere. */
  public static final String CALLER_ATTRIBUTE = "io.i2pstreaming.caller";

  private static final String CHECKED_ATTRIBUTE = I2PCallerFilter.class.getName() + ".checked";

  /** What no header and no other protocol can put into an attribute. */
  private static final Object FROM_GATEWAY = new Object();

  private static final Object FROM_ELSEWHERE = new Object();

  private final CallerHeaders headers;

  /** A filter that shares its secret with the gateway. */
  public I2PCallerFilter(CallerHeaders headers) {
    this.headers = headers;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest http) {
      chain.doFilter(new I2PCallerRequest(http, caller(http)), response);
    } else {
      chain.doFilter(request, response);
    }
  }

  private @Nullable Destination caller(HttpServletRequest request) {
    // A forwarded or included request is wrapped already and hides the secret.
    Object checked = request.getAttribute(CHECKED_ATTRIBUTE);
    if (checked != FROM_GATEWAY && checked != FROM_ELSEWHERE) {
      checked =
          headers.isFromGateway(request.getHeader(CallerHeaders.SECRET))
              ? FROM_GATEWAY
              : FROM_ELSEWHERE;
      request.setAttribute(CHECKED_ATTRIBUTE, checked);
      if (checked == FROM_GATEWAY) {
        request.setAttribute(
            CALLER_ATTRIBUTE,
            Destination.fromBase64(String.valueOf(request.getHeader(CallerHeaders.DEST_B64))));
      } else {
        request.removeAttribute(CALLER_ATTRIBUTE);
      }
    }
    return checked == FROM_GATEWAY
            && request.getAttribute(CALLER_ATTRIBUTE) instanceof Destination caller
        ? caller
        : null;
  }
}
