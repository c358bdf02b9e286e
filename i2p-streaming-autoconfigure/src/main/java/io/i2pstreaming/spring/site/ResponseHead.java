package io.i2pstreaming.spring.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.impl.io.AbstractMessageParser;
import org.apache.hc.core5.http.message.BasicLineParser;
import org.apache.hc.core5.http.message.StatusLine;
import org.apache.hc.core5.util.CharArrayBuffer;
import org.jspecify.annotations.Nullable;

/** The application's status line and headers, written anew for the caller. Immutable. */
final class ResponseHead {
  private static final int MAX_HEADERS = 500;

  private final int status;
  private final String reason;
  private final List<Header> headers;

  private ResponseHead(int status, String reason, List<Header> headers) {
    this.status = status;
    this.reason = reason;
    this.headers = headers;
  }

  /**
   * Reads a head whose first byte is there.
   *
   * @throws RefusedRequestException if it is not HTTP
   */
  static ResponseHead read(StrictInput in) throws IOException {
    CharArrayBuffer line = new CharArrayBuffer(128);
    in.readLine(line, in.raw());
    try {
      StatusLine status = BasicLineParser.INSTANCE.parseStatusLine(line);
      Header[] headers =
          AbstractMessageParser.parseHeaders(in, in.raw(), MAX_HEADERS, 0, StrictLines.PARSER);
      String reason = status.getReasonPhrase();
      return new ResponseHead(
          status.getStatusCode(), reason == null ? "" : reason, List.of(headers));
    } catch (HttpException | MessageConstraintException e) {
      throw new RefusedRequestException(Refusal.BAD_GATEWAY, "the application's answer: " + e);
    }
  }

  int status() {
    return status;
  }

  boolean isInterim() {
    return status < 200 && status != 101;
  }

  /** Whether the application takes a further request on the same connection. */
  boolean keepsAlive() {
    return !HeaderRules.lists(headers, "Connection", "close");
  }

  /** The length of the body (RFC 9112, section 6.3). */
  BodyLength body(boolean ofHead) throws RefusedRequestException {
    if (ofHead || status < 200 || status == 204 || status == 304) {
      return BodyLength.NONE;
    }
    if (HeaderRules.lists(headers, "Transfer-Encoding", "chunked")) {
      return BodyLength.CHUNKED;
    }
    String length = declaredLength();
    if (length == null) {
      return BodyLength.UNTIL_CLOSE;
    }
    try {
      return BodyLength.of(Long.parseUnsignedLong(length));
    } catch (NumberFormatException e) {
      throw new RefusedRequestException(Refusal.BAD_GATEWAY, "the application's Content-Length");
    }
  }

  private @Nullable String declaredLength() {
    for (Header header : headers) {
      if (header.getName().equalsIgnoreCase("Content-Length")) {
        return header.getValue();
      }
    }
    return null;
  }

  /**
   * The head as the caller gets it.
   *
   * @param own framing and connection headers, whole lines
   * @param plainHost the host in links to this site that must not say https, or null
   */
  byte[] forPeer(String own, boolean ofHead, @Nullable String plainHost) {
    StringBuilder head = new StringBuilder(512);
    head.append("HTTP/1.1 ").append(status).append(' ').append(reason).append("\r\n");
    for (Header header : HeaderRules.ofResponse(headers)) {
      String value = header.getValue();
      if (plainHost != null && value != null && header.getName().equalsIgnoreCase("Location")) {
        value = plain(value, plainHost);
      }
      RequestHead.header(head, header.getName(), value);
    }
    String length = declaredLength();
    if (length != null && (ofHead || status == 304)) {
      RequestHead.header(head, "Content-Length", length);
    }
    return head.append(own).append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** An application that speaks TLS to us links to https, which nobody serves over I2P. */
  private static String plain(String location, String host) {
    String own = "https://" + host.toLowerCase(Locale.ROOT);
    if (!location.toLowerCase(Locale.ROOT).startsWith(own)) {
      return location;
    }
    String rest = location.substring(own.length());
    return rest.isEmpty() || rest.startsWith("/") || rest.startsWith("?")
        ? "http://" + host + rest
        : location;
  }

  /** The trailers of the application that the caller may see. */
  static List<Header> trailers(List<Header> all) {
    return new ArrayList<>(HeaderRules.ofResponse(all));
  }
}
