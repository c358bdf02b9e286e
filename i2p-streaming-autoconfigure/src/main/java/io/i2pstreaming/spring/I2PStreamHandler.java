package io.i2pstreaming.spring;

import io.i2pstreaming.I2PSocket;

/** Serves one stream; the listener container closes or resets it afterwards. */
@FunctionalInterface
public interface I2PStreamHandler {
  /** Called on a thread of its own. Throwing resets the stream. */
  void handle(I2PSocket socket) throws Exception;
}
