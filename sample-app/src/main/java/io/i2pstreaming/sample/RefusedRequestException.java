package io.i2pstreaming.sample;

/** A request that asks for something impossible; the message is a sentence for the caller. */
class RefusedRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedRequestException(String message) {
    super(message);
  }

  RefusedRequestException(String message, Throwable cause) {
    super(message, cause);
  }
}
