package io.i2pstreaming.embedded;

/** A well-formed request that the router does not grant. Carries no stack trace. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The message is what the client reads in its Disconnect. */
  RefusedException(String reason) {
    super(reason, null, false, false);
  }

  /** The reason, for the client. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
