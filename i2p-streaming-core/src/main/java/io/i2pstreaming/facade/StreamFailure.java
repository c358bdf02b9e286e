package io.i2pstreaming.facade;

import java.io.IOException;

/**
 * Makes the exception that tells why a stream is over: a new one for every caller, so that its
 * stack trace is the caller's.
 */
@FunctionalInterface
public interface StreamFailure {
  /** A new exception. */
  IOException exception();
}
