package io.i2pstreaming.spring.site;

import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.I2PEncoding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.UnsupportedHttpVersionException;
import org.apache.hc.core5.http.impl.io.AbstractMessageParser;
import org.apache.hc.core5.http.message.RequestLine;
import org.apache.hc.core5.util.CharArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A request's line and headers, checked so that nobody can read them in another way, and written
 * anew for the application. Immutable.
 */
final class RequestHead {
  /** As many as Java I2P's server tunnels take. */
  private static final int MAX_HEADERS = 60;

  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
  private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://([^/?]+)([/?].*)?");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._~:\\[\\]-]*");
  private static final Set<String> REFUSED_METHODS = Set.of("CONNECT", "TRACE", "TRACK");
  private static final Set<String> REPEATABLE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

  private final String method;
  private final String target;
  private final boolean persistentVersion;
  private final List<Header> headers;
  private final @Nullable String host;
  private final BodyLength body;

  private RequestHead(
      String method,
      String target,
      boolean persistentVersion,
      List<Header> headers,
      @Nullable String host,
      BodyLength body) {
    this.method = method;
    this.target = target;
    this.persistentVersion = persistentVersion;
    this.headers = headers;
    this.host = host;
    this.body = body;
  }

  /**
   * Reads a head whose first byte is there.
   *
   * @throws RefusedRequestException with the answer, if it may not go on
   */
  static RequestHead read(StrictInput in) throws IOException {
    CharArrayBuffer line = new CharArrayBuffer(128);
    // One empty line may precede a request (RFC 9112, section 2.2).
    if (in.readLine(line, in.raw()) == 0) {
      in.readLine(line, in.raw());
    }
    RequestLine request;
    List<Header> headers;
    try {
      request = StrictLines.PARSER.parseRequestLine(line);
      headers =
          List.of(
              AbstractMessageParser.parseHeaders(in, in.raw(), MAX_HEADERS, 0, StrictLines.PARSER));
    } catch (UnsupportedHttpVersionException e) {
      throw new RefusedRequestException(Refusal.VERSION, "neither HTTP/1.0 nor HTTP/1.1");
    } catch (MessageConstraintException e) {
      throw new RefusedRequestException(Refusal.HEAD_TOO_LARGE, "too many headers");
    } catch (HttpException e) {
      throw malformed("a line is not HTTP");
    }
    return check(request, headers);
  }

  private static RequestHead check(RequestLine request, List<Header> headers)
      throws RefusedRequestException {
    ProtocolVersion version = request.getProtocolVersion();
    boolean one = version.equals(HttpVersion.HTTP_1_1);
    if (!one && !version.equals(HttpVersion.HTTP_1_0)) {
      throw new RefusedRequestException(Refusal.VERSION, "neither HTTP/1.0 nor HTTP/1.1");
    }
    String method = request.getMethod();
    if (REFUSED_METHODS.contains(method.toUpperCase(Locale.ROOT))) {
      throw new RefusedRequestException(Refusal.METHOD, "method " + method);
    }
    List<String> hosts = values(headers, "Host");
    if (hosts.size() > 1 || (one && hosts.isEmpty())) {
      throw malformed("not exactly one Host");
    }
    String host = hosts.isEmpty() ? null : hosts.get(0);
    String target = request.getUri();
    var absolute = ABSOLUTE.matcher(target);
    if (absolute.matches()) {
      host = absolute.group(1);
      String rest = absolute.group(2) == null ? "/" : absolute.group(2);
      target = rest.startsWith("/") ? rest : "/" + rest;
    } else if (!target.startsWith("/") && !(target.equals("*") && method.equals("OPTIONS"))) {
      throw malformed("a target that is no path");
    }
    if (target.indexOf('#') >= 0 || (host != null && !HOST.matcher(host).matches())) {
      throw malformed("a target or Host with characters that have no place there");
    }
    return new RequestHead(method, target, one, headers, host, body(headers, one));
  }

  /** RFC 9112, section 6.3, and nothing that it leaves to the recipient. */
  private static BodyLength body(List<Header> headers, boolean one) throws RefusedRequestException {
    List<String> lengths = values(headers, "Content-Length");
    List<String> codings = values(headers, "Transfer-Encoding");
    if (!codings.isEmpty()) {
      if (!one || !lengths.isEmpty() || codings.size() > 1) {
        throw malformed("a body of two lengths");
      }
      if (!codings.get(0).equalsIgnoreCase("chunked")) {
        throw new RefusedRequestException(Refusal.NOT_IMPLEMENTED, "a transfer coding");
      }
      return BodyLength.CHUNKED;
    }
    if (lengths.isEmpty()) {
      return BodyLength.NONE;
    }
    if (lengths.size() > 1 || !DIGITS.matcher(lengths.get(0)).matches()) {
      throw malformed("a length that is no single number");
    }
    return BodyLength.of(Long.parseLong(lengths.get(0)));
  }

  private static List<String> values(List<Header> headers, String name) {
    List<String> values = new ArrayList<>();
    for (Header header : headers) {
      if (header.getName().equalsIgnoreCase(name)) {
        values.add(header.getValue() == null ? "" : header.getValue());
      }
    }
    return values;
  }

  private static RefusedRequestException malformed(String why) {
    return new RefusedRequestException(Refusal.MALFORMED, why);
  }

  BodyLength body() {
    return body;
  }

  boolean isHead() {
    return method.equals("HEAD");
  }

  /** Whether it may be sent again when nobody has answered. */
  boolean isRepeatable() {
    return body.isEmpty() && REPEATABLE_METHODS.contains(method);
  }

  /** Whether the caller understands chunks and interim responses. */
  boolean isHttp11() {
    return persistentVersion;
  }

  /** The name by which the caller reached us, if it said one. */
  @Nullable String host() {
    return host;
  }

  /** Whether the caller wants to send a further request on its stream. */
  boolean keepsAlive() {
    return persistentVersion
        ? !HeaderRules.lists(headers, "Connection", "close")
        : HeaderRules.lists(headers, "Connection", "keep-alive");
  }

  /** Whether it asks for a WebSocket; no other upgrade passes, least of all to HTTP/2. */
  boolean isUpgrade() {
    return persistentVersion
        && method.equals("GET")
        && body.isEmpty()
        && HeaderRules.lists(headers, "Connection", "upgrade")
        && values(headers, "Upgrade").size() == 1
        && HeaderRules.lists(headers, "Upgrade", "websocket");
  }

  /** The head as the application gets it. */
  byte[] forOrigin(
      HeaderRules rules, Destination caller, String secret, String hostForApplication) {
    StringBuilder head = new StringBuilder(1024);
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    header(head, "Host", hostForApplication);
    for (Header header : rules.ofRequest(headers)) {
      if (!header.getName().equalsIgnoreCase("Host") && (persistentVersion || !isExpect(header))) {
        header(head, header.getName(), header.getValue());
      }
    }
    header(head, CallerHeaders.DEST_HASH, I2PEncoding.base64(caller.hash().bytes()));
    header(head, CallerHeaders.DEST_B32, caller.base32());
    header(head, CallerHeaders.DEST_B64, caller.base64());
    header(head, CallerHeaders.SECRET, secret);
    if (isUpgrade()) {
      header(head, "Connection", "Upgrade");
      header(head, "Upgrade", "websocket");
    }
    body.appendTo(head);
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean isExpect(Header header) {
    return header.getName().equalsIgnoreCase("Expect");
  }

  static void header(StringBuilder head, String name, @Nullable String value) {
    head.append(name).append(": ").append(value == null ? "" : value).append("\r\n");
  }
}
