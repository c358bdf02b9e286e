package io.i2pstreaming.spring;

import org.jspecify.annotations.Nullable;

/** What a listener does with a stream after a failure. */
public final class I2PErrorAction {
  private static final I2PErrorAction RESET = new I2PErrorAction(true, false, null);
  private static final I2PErrorAction CLOSE = new I2PErrorAction(false, false, null);
  private static final I2PErrorAction PROCEED = new I2PErrorAction(false, true, null);

  private final boolean reset;
  private final boolean proceed;
  private final @Nullable Object reply;

  private I2PErrorAction(boolean reset, boolean proceed, @Nullable Object reply) {
    this.reset = reset;
    this.proceed = proceed;
    this.reply = reply;
  }

  /** The peer sees a reset: what happens without an error handler. */
  public static I2PErrorAction reset() {
    return RESET;
  }

  /** The peer gets what was written so far, and the end of the stream. */
  public static I2PErrorAction close() {
    return CLOSE;
  }

  /** Goes on with the next message; closes if there can be none. */
  public static I2PErrorAction proceed() {
    return PROCEED;
  }

  /** Sends a reply instead of the method's; goes on with the next message, if there can be one. */
  public static I2PErrorAction reply(Object reply) {
    return new I2PErrorAction(false, true, reply);
  }

  /** Sends a reply and closes. */
  public static I2PErrorAction replyAndClose(Object reply) {
    return new I2PErrorAction(false, false, reply);
  }

  boolean isReset() {
    return reset;
  }

  boolean isProceed() {
    return proceed;
  }

  @Nullable Object reply() {
    return reply;
  }
}
