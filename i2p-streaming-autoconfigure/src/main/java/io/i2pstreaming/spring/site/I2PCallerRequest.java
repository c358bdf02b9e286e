package io.i2pstreaming.spring.site;

import io.i2pstreaming.identity.Destination;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request as the application sees it: without headers about I2P that the gateway has not set. */
final class I2PCallerRequest extends HttpServletRequestWrapper {
  private final @Nullable Destination caller;

  /** {@code caller} is null if the request does not come from the gateway. */
  I2PCallerRequest(HttpServletRequest request, @Nullable Destination caller) {
    super(request);
    this.caller = caller;
  }

  private boolean isHidden(String name) {
    return CallerHeaders.isOurs(name)
        && (caller == null || name.equalsIgnoreCase(CallerHeaders.SECRET));
  }

  @Override
  public @Nullable String getHeader(String name) {
    return isHidden(name) ? null : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
  }

  @Override
  public int getIntHeader(String name) {
    return isHidden(name) ? -1 : super.getIntHeader(name);
  }

  @Override
  public long getDateHeader(String name) {
    return isHidden(name) ? -1 : super.getDateHeader(name);
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    List<String> names = Collections.list(super.getHeaderNames());
    names.removeIf(this::isHidden);
    return Collections.enumeration(names);
  }

  @Override
  public String getRemoteAddr() {
    return caller == null
        ? super.getRemoteAddr()
        : CallerAddress.of(caller.hash()).getHostAddress();
  }

  @Override
  public String getRemoteHost() {
    return caller == null ? super.getRemoteHost() : caller.base32();
  }
}
