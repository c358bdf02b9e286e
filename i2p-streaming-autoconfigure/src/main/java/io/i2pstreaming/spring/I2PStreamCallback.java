package io.i2pstreaming.spring;

import io.i2pstreaming.I2PSocket;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What to do with a stream that {@link I2PStreamTemplate} has opened and closes afterwards. */
@FunctionalInterface
public interface I2PStreamCallback<T extends @Nullable Object> {
  /** Called once, on the caller's thread. Throwing resets the stream. */
  T doWith(I2PSocket stream) throws IOException;
}
