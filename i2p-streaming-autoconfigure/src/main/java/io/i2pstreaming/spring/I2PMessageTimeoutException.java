package io.i2pstreaming.spring;

import java.net.SocketTimeoutException;

/** A peer began a message and did not end it in time. */
public class I2PMessageTimeoutException extends SocketTimeoutException {
  private static final long serialVersionUID = 1L;

  /** {@code message} never holds what the peer sent. */
  public I2PMessageTimeoutException(String message) {
    super(message);
  }
}
