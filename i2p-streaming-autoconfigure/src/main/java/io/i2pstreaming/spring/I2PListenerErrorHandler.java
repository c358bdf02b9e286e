package io.i2pstreaming.spring;

/**
 * Decides what happens to a stream when its listener fails: named by {@code @I2PListener}, or set
 * for all listeners of a container factory. Not asked about streams that the peer or the network
 * ended: nobody could be answered.
 */
@FunctionalInterface
public interface I2PListenerErrorHandler {
  /**
   * Called on the stream's thread. A handler of one listener that throws leaves the decision to the
   * one of the factory; when that throws, the stream is reset.
   */
  I2PErrorAction handle(I2PListenerFailure failure) throws Exception;

  /** Asks {@code next}, with what this one has thrown as the cause, if it throws. */
  default I2PListenerErrorHandler orElse(I2PListenerErrorHandler next) {
    return failure -> {
      try {
        return handle(failure);
      } catch (Exception e) {
        return next.handle(
            new I2PListenerFailure(
                failure.kind(), e, failure.socket(), failure.message(), failure.listenerId()));
      }
    };
  }
}
