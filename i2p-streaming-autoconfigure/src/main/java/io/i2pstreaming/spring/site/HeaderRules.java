package io.i2pstreaming.spring.site;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.hc.core5.http.Header;

/**
 * Which headers do not pass the gateway. Names are compared in one spelling, lower case with
 * hyphens, because some programs take an underscore for a hyphen. Immutable.
 */
final class HeaderRules {
  /** For one connection only (RFC 9110, section 7.6.1), and framing, which is written anew. */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "content-length",
          "http2-settings",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /**
   * What proxies tell applications about callers and URLs: no proxy of ours has said it, and an
   * application that trusts its own loopback would believe it.
   */
  private static final Set<String> CLAIMS =
      Set.of(
          "cdn-loop",
          "client-ip",
          "front-end-https",
          "true-client-ip",
          "via",
          "x-accept-encoding",
          "x-client-cert",
          "x-client-dn",
          "x-client-ip",
          "x-cluster-client-ip",
          "x-host",
          "x-http-host-override",
          "x-originating-ip",
          "x-proxyuser-ip",
          "x-real-ip",
          "x-rewrite-url",
          "x-scheme",
          "x-url-scheme");

  private static final List<String> CLAIM_PREFIXES =
      List.of(
          "cf-",
          "fastly-",
          "forwarded",
          "proxy",
          "remote-",
          "ssl-",
          CallerHeaders.PREFIX,
          "x-auth-request-",
          "x-envoy-",
          "x-forwarded",
          "x-original-",
          "x-remote-",
          "x-ssl-",
          "wl-proxy-");

  /** What tells which software and which machine answers, and where else it can be reached. */
  private static final Set<String> IDENTIFYING =
      Set.of(
          "alt-svc",
          "date",
          "server",
          "strict-transport-security",
          "via",
          "x-application-context",
          "x-backend-server",
          "x-generator",
          "x-powered-by",
          "x-runtime",
          "x-served-by",
          "x-server",
          "x-server-name",
          "x-version");

  private static final List<String> IDENTIFYING_PREFIXES =
      List.of("forwarded", "proxy", CallerHeaders.PREFIX, "x-aspnet", "x-forwarded");

  private final Set<String> furtherClaims = new HashSet<>();

  /** The built-in rules, and {@code furtherRequestHeaders} removed as well. */
  HeaderRules(Set<String> furtherRequestHeaders) {
    furtherRequestHeaders.forEach(name -> furtherClaims.add(spelling(name)));
  }

  /** One spelling of a name. */
  static String spelling(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The headers of a request that the application may see; framing is not among them. */
  List<Header> ofRequest(List<Header> all) {
    return ofBothEnds(
        all,
        name ->
            CLAIMS.contains(name)
                || furtherClaims.contains(name)
                || CLAIM_PREFIXES.stream().anyMatch(name::startsWith));
  }

  /** The headers of a response that the caller may see; framing is not among them. */
  static List<Header> ofResponse(List<Header> all) {
    return ofBothEnds(
        all,
        name ->
            IDENTIFYING.contains(name) || IDENTIFYING_PREFIXES.stream().anyMatch(name::startsWith));
  }

  /** Those that are no matter of one connection, and whose names are not {@code kept} back. */
  private static List<Header> ofBothEnds(List<Header> all, Predicate<String> kept) {
    Set<String> listed = listedByConnection(all);
    List<Header> passed = new ArrayList<>();
    for (Header header : all) {
      String name = spelling(header.getName());
      if (!HOP_BY_HOP.contains(name) && !listed.contains(name) && !kept.test(name)) {
        passed.add(header);
      }
    }
    return passed;
  }

  private static Set<String> listedByConnection(List<Header> all) {
    Set<String> listed = new HashSet<>();
    for (Header header : all) {
      if (spelling(header.getName()).equals("connection")) {
        elements(header.getValue()).forEach(element -> listed.add(spelling(element)));
      }
    }
    // Without it the application could not tell its sites apart.
    listed.remove("host");
    return listed;
  }

  /** Whether a header with this name has {@code element} in its list. */
  static boolean lists(List<Header> all, String name, String element) {
    for (Header header : all) {
      if (header.getName().equalsIgnoreCase(name)
          && elements(header.getValue()).stream().anyMatch(element::equalsIgnoreCase)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> elements(String value) {
    List<String> elements = new ArrayList<>();
    for (String element : value.split(",", -1)) {
      elements.add(element.strip());
    }
    return elements;
  }
}
