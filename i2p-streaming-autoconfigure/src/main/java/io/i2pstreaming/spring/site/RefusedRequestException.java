package io.i2pstreaming.spring.site;

import java.io.IOException;

/** A request goes no further. Its message is for the log and says nothing of its sender. */
final class RefusedRequestException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Refusal refusal;

  RefusedRequestException(Refusal refusal, String message) {
    super(message);
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }
}
