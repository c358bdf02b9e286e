package io.i2pstreaming.spring;

/** A listener method promised a reply that did not come in time. Its future was cancelled. */
public class I2PReplyTimeoutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** {@code message} never holds what the peer sent. */
  public I2PReplyTimeoutException(String message) {
    super(message);
  }
}
