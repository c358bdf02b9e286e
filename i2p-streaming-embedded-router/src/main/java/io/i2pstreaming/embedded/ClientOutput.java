package io.i2pstreaming.embedded;

/**
 * The way to one client: in-process or over TCP. Called by the router's thread; never blocks it.
 */
interface ClientOutput {
  /**
   * Takes one whole frame; the array may be reused when this returns.
   *
   * @param payload whether it may be dropped because the client reads too slowly
   * @return false when it was dropped
   */
  boolean write(byte[] bytes, int offset, int length, boolean payload);

  /** Nothing follows; ends the connection after what was written. */
  void close(String cause);
}
