package io.i2pstreaming;

import io.i2pstreaming.connection.CloseReason;

/** The exception for each way in which a stream can end. Used for every stream of a manager. */
final class Failures {
  private Failures() {}

  /**
   * A new exception; {@code detail} replaces the usual sentence, or explains it where one helps.
   */
  static StreamingException exception(CloseReason reason, String detail) {
    return switch (reason) {
      case CLEAN -> new StreamingException.Closed(or(detail, "the stream is closed"));
      case CONNECT_TIMEOUT ->
          new StreamingException.ConnectTimeout(
              or(detail, "the destination did not answer within the connect timeout"));
      case REFUSED ->
          new StreamingException.Refused(
              or(
                  detail,
                  "the destination refused the stream: nobody listens on that port, or its backlog"
                      + " is full"));
      case UNREACHABLE ->
          new StreamingException.Unreachable(
              or(detail, "the router found no lease set of the destination: it is not online"));
      case RESET_BY_PEER -> new StreamingException.Reset(or(detail, "the peer reset the stream"));
      case RESET_LOCALLY -> new StreamingException.Reset(or(detail, "the stream was reset here"));
      case PEER_GONE ->
          new StreamingException.PeerGone(
              or(detail, "the peer no longer acknowledges what is sent"));
      case INACTIVE ->
          new StreamingException.PeerGone(
              or(detail, "nothing was heard of the peer for the inactivity timeout"));
      case ROUTER_LOST ->
          new StreamingException.RouterLost(
              detail.isEmpty()
                  ? "the session with the router was lost; dial again when it is back"
                  : "no session with the router: " + detail);
      case MANAGER_CLOSED ->
          new StreamingException.Closed(or(detail, "the stream manager was closed"));
      case TOO_MANY_STREAMS ->
          new StreamingException.LimitExceeded(
              or(
                  detail,
                  "as many streams are open as i2p.streaming.maxConcurrentStreams allows, and none"
                      + " ended while the dial waited; close some, or raise the limit"));
      case EXHAUSTED ->
          new StreamingException(
              or(detail, "the offline signing key has expired, or sequence numbers ran out"));
    };
  }

  /** For callers that were promised an IOException. */
  static StreamingException notAnAddress(IllegalArgumentException refusal) {
    String why = refusal.getMessage();
    StreamingException failure =
        new StreamingException.Unreachable(why == null ? "not an I2P address" : why);
    failure.initCause(refusal);
    return failure;
  }

  private static String or(String detail, String usual) {
    return detail.isEmpty() ? usual : detail;
  }
}
