package io.i2pstreaming.endpoint;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Why a peer is refused by the rules, and what it hears: nothing, a RESET, or a text as the whole
 * content of a stream that is closed at once.
 *
 * <p>I2P streaming options, "limitAction".
 */
final class Refusal {
  /** Which rule. */
  enum Reason {
    ACCESS,
    MAX_STREAMS,
    PEER_RATE,
    TOTAL_RATE
  }

  /** Refused by a list, which is never answered. */
  static final Refusal SILENT_ACCESS = silent(Reason.ACCESS);

  final Reason reason;
  final boolean answered;

  /** The text, or null for a RESET. */
  final byte @Nullable [] payload;

  private Refusal(Reason reason, boolean answered, byte @Nullable [] payload) {
    this.reason = reason;
    this.answered = answered;
    this.payload = payload;
  }

  static Refusal silent(Reason reason) {
    return new Refusal(reason, false, null);
  }

  static Refusal reset(Reason reason) {
    return new Refusal(reason, true, null);
  }

  static Refusal http(Reason reason, int retryAfterSeconds) {
    String page = "Too many requests from your destination. Try again later.\r\n";
    String answer =
        "HTTP/1.1 429 Too Many Requests\r\n"
            + "Content-Type: text/plain; charset=utf-8\r\n"
            + "Content-Length: "
            + page.length()
            + "\r\nRetry-After: "
            + retryAfterSeconds
            + "\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"
            + page;
    return new Refusal(reason, true, answer.getBytes(StandardCharsets.US_ASCII));
  }

  /** {@code \r} and {@code \n} in the option's text are line ends. */
  static Refusal text(Reason reason, String text) {
    String decoded = text.replace("\\r", "\r").replace("\\n", "\n");
    return new Refusal(reason, true, decoded.getBytes(StandardCharsets.UTF_8));
  }
}
