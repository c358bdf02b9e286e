package io.i2pstreaming.wire;

/**
 * Bytes that are not a streaming packet. Carries no stack trace, because a peer can cause any
 * number of these.
 */
public final class MalformedPacketException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates one with the rule that the bytes broke. */
  public MalformedPacketException(String rule) {
    super(rule, null, false, false);
  }
}
