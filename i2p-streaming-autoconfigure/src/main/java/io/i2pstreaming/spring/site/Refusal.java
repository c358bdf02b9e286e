package io.i2pstreaming.spring.site;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Why the gateway answers itself instead of the application, and with which status. */
public enum Refusal {
  /** Not HTTP, or HTTP that two programs could read in two ways. */
  MALFORMED(400, "Bad Request"),
  /** A method that would show what the gateway adds, or open a tunnel. */
  METHOD(405, "Method Not Allowed"),
  /** The request did not come in time. */
  TIMEOUT(408, "Request Timeout"),
  /** More requests than the destination may send. */
  REQUEST_RATE(429, "Too Many Requests"),
  /** The head is larger than allowed. */
  HEAD_TOO_LARGE(431, "Request Header Fields Too Large"),
  /** A transfer coding other than chunked. */
  NOT_IMPLEMENTED(501, "Not Implemented"),
  /** The application ended its answer early, or it was not HTTP. */
  BAD_GATEWAY(502, "Bad Gateway"),
  /** The application's web server took no connection, or the site is being stopped. */
  UNAVAILABLE(503, "Service Unavailable"),
  /** All places are taken. */
  CONNECTIONS(503, "Service Unavailable"),
  /** All places for one destination are taken. */
  DESTINATION_CONNECTIONS(503, "Service Unavailable"),
  /** The application did not answer in time. */
  GATEWAY_TIMEOUT(504, "Gateway Timeout"),
  /** Neither HTTP/1.0 nor HTTP/1.1. */
  VERSION(505, "HTTP Version Not Supported");

  private final int status;
  private final String answer;

  Refusal(int status, String reason) {
    this.status = status;
    String body = status + " " + reason + "\n";
    answer =
        String.format(
            Locale.ROOT,
            "HTTP/1.1 %d %s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n"
                + "Cache-Control: no-store\r\nConnection: close\r\n\r\n%s",
            status,
            reason,
            body.length(),
            body);
  }

  /** The status of the answer. */
  public int status() {
    return status;
  }

  /** The whole answer, which names no software; after it the stream ends. */
  byte[] answer() {
    return answer.getBytes(StandardCharsets.US_ASCII);
  }
}
