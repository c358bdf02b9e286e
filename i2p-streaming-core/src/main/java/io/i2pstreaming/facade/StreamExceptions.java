package io.i2pstreaming.facade;

import io.i2pstreaming.connection.CloseReason;
import java.io.IOException;

/** Says in an exception why a stream is over. The public API, which owns the exceptions, does. */
@FunctionalInterface
public interface StreamExceptions {
  /**
   * A new exception.
   *
   * @param detail a sentence that knows more than the reason, or an empty string
   */
  IOException exception(CloseReason reason, String detail);
}
