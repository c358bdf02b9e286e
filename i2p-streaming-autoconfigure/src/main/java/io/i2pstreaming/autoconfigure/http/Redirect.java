package io.i2pstreaming.autoconfigure.http;

import io.i2pstreaming.spring.http.I2PHost;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * Where a response in the clear net sends its request. Never into I2P: whoever knows the client's
 * IP address would find it again there, by a name made for that one client.
 *
 * @param target the next URI, {@code http} or {@code https}
 * @param method the next method
 * @param sameBody whether the body goes there, too
 */
record Redirect(URI target, HttpMethod method, boolean sameBody) {
  /** As many as browsers follow. */
  static final int MOST = 20;

  private static final Set<Integer> STATUS = Set.of(301, 302, 303, 307, 308);

  /**
   * The redirect that a response asks for, or null when there is none, or none to follow: from
   * {@code https} to {@code http}, to another scheme, or to nothing that is a URI.
   *
   * @throws IOException if it leads into I2P
   */
  static @Nullable Redirect of(URI from, HttpMethod method, int status, @Nullable String location)
      throws IOException {
    if (location == null || !STATUS.contains(status)) {
      return null;
    }
    URI target;
    try {
      target = resolve(from, location.strip());
    } catch (IllegalArgumentException e) {
      return null;
    }
    if (I2PHost.isI2P(target)) {
      throw new ProtocolException(
          "a site outside I2P redirects to a name of I2P, which is not followed");
    }
    String scheme = String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
    boolean secured = "https".equalsIgnoreCase(from.getScheme());
    if (target.getRawAuthority() == null
        || !(scheme.equals("https") || (scheme.equals("http") && !secured))) {
      return null;
    }
    boolean asks =
        status == 303
            ? !method.equals(HttpMethod.HEAD)
            : status < 303 && method.equals(HttpMethod.POST);
    return new Redirect(target, asks ? HttpMethod.GET : method, !asks);
  }

  /** Unlike {@link URI#resolve}, knows what an empty path and a query alone stand for. */
  private static URI resolve(URI from, String location) {
    String path = from.getRawPath();
    String rooted = path == null || path.isEmpty() ? "/" : path;
    String site = from.getScheme() + "://" + from.getRawAuthority();
    return location.startsWith("?")
        ? URI.create(site + rooted + location)
        : URI.create(site + rooted).resolve(location);
  }

  /** Copies what the next request may carry. */
  void copyHeaders(URI from, HttpHeaders sent, HttpHeaders next) {
    sent.forEach(
        (name, values) -> {
          if (keeps(from, name)) {
            next.put(name, values);
          }
        });
  }

  /** Whether the next request carries this header: credentials stay with the site they are for. */
  boolean keeps(URI from, String name) {
    return (isSameSite(from) || !isForOneSite(name)) && (sameBody || !isOfBody(name));
  }

  /** Whether the target has the scheme and the authority of what leads there. */
  boolean isSameSite(URI from) {
    return Objects.equals(from.getScheme(), target.getScheme())
        && Objects.equals(from.getRawAuthority(), target.getRawAuthority());
  }

  private static boolean isForOneSite(String name) {
    return name.equalsIgnoreCase(HttpHeaders.AUTHORIZATION)
        || name.equalsIgnoreCase(HttpHeaders.PROXY_AUTHORIZATION)
        || name.equalsIgnoreCase(HttpHeaders.COOKIE)
        || name.equalsIgnoreCase(HttpHeaders.HOST);
  }

  private static boolean isOfBody(String name) {
    return name.regionMatches(true, 0, "Content-", 0, "Content-".length())
        || name.equalsIgnoreCase(HttpHeaders.TRANSFER_ENCODING);
  }
}
