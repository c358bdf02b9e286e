package io.i2pstreaming.autoconfigure.endpoint;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/** What operations answer when they did not do what they were asked to. */
final class Answers {
  private static final int CONFLICT = 409;

  private Answers() {}

  /** The answer to a request that must not be repeated as it is, or not now. */
  public record Refusal(String error) {}

  /** 400: the request makes no sense; says what would. */
  static WebEndpointResponse<Object> badRequest(String sentence) {
    return new WebEndpointResponse<>(new Refusal(sentence), WebEndpointResponse.STATUS_BAD_REQUEST);
  }

  /** 404, with a reason. */
  static WebEndpointResponse<Object> notFound(String sentence) {
    return new WebEndpointResponse<>(new Refusal(sentence), WebEndpointResponse.STATUS_NOT_FOUND);
  }

  /** 409: the request makes sense, but not as things are. */
  static WebEndpointResponse<Object> conflict(String sentence) {
    return new WebEndpointResponse<>(new Refusal(sentence), CONFLICT);
  }

  static WebEndpointResponse<Object> ok(Object body) {
    return new WebEndpointResponse<>(body);
  }
}
