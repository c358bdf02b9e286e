package io.i2pstreaming.sample;

import io.i2pstreaming.StreamingException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.client.ResourceAccessException;

/** Turns what goes wrong between us and a peer into a problem detail of one sentence. */
@RestControllerAdvice
class Problems {
  @ExceptionHandler
  ProblemDetail refused(RefusedRequestException e) {
    return problem(HttpStatus.BAD_REQUEST, e.getMessage());
  }

  @ExceptionHandler
  ProblemDetail failed(IOException e) {
    HttpStatus status = HttpStatus.BAD_GATEWAY;
    if (e instanceof StreamingException.ConnectTimeout
        || e instanceof StreamingException.PeerGone
        || e instanceof SocketTimeoutException) {
      status = HttpStatus.GATEWAY_TIMEOUT;
    } else if (e instanceof StreamingException.RouterLost
        || e instanceof StreamingException.Closed) {
      status = HttpStatus.SERVICE_UNAVAILABLE;
    }
    return problem(status, e.getMessage());
  }

  /** What Spring's HTTP client makes of a failure of the stream. */
  @ExceptionHandler
  ProblemDetail failed(ResourceAccessException e) {
    return e.getCause() instanceof IOException cause
        ? failed(cause)
        : problem(HttpStatus.BAD_GATEWAY, e.getMessage());
  }

  private static ProblemDetail problem(HttpStatus status, @Nullable String message) {
    String sentence = message == null || message.isBlank() ? "The stream failed" : message.strip();
    sentence = Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    if (!sentence.endsWith(".")) {
      sentence += ".";
    }
    return ProblemDetail.forStatusAndDetail(status, sentence);
  }
}
