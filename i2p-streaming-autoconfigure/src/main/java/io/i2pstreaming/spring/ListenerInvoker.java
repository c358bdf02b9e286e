package io.i2pstreaming.spring;

import io.i2pstreaming.I2PSocket;
import org.jspecify.annotations.Nullable;

/** Calls a listener's method. Knows what it takes; reads and writes nothing. */
interface ListenerInvoker {
  /** Whether it is called per message; otherwise once per stream, with an empty one. */
  boolean takesMessages();

  /** Throws what the method throws. */
  @Nullable Object invoke(I2PSocket socket, byte[] message) throws Exception;
}
