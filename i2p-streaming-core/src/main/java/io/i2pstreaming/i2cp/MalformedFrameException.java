package io.i2pstreaming.i2cp;

/** Bytes that are not the I2CP message they claim to be. Carries no stack trace. */
public final class MalformedFrameException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates one with the rule that the bytes broke. */
  public MalformedFrameException(String rule) {
    super(rule, null, false, false);
  }
}
