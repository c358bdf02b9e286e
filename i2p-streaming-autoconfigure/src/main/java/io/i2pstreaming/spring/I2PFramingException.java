package io.i2pstreaming.spring;

import java.io.IOException;

/**
 * A peer sent a message that is longer than the listener's limit, or ended its stream inside one.
 * The stream is reset; it is no fault of the application and never logged above DEBUG.
 */
public class I2PFramingException extends IOException {
  private static final long serialVersionUID = 1L;

  /** {@code message} never holds what the peer sent. */
  public I2PFramingException(String message) {
    super(message);
  }
}
