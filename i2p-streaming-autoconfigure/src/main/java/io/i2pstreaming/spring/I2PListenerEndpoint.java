package io.i2pstreaming.spring;

/**
 * What one listener serves, and how; {@link I2PListenerContainerFactory} makes its container. Made
 * from {@link I2PListener} methods, or by the application and handed to {@link
 * I2PListenerEndpointRegistrar}.
 */
public interface I2PListenerEndpoint {
  /** Name of the container in the registry. */
  String id();

  /** I2P port, 0 to 65535; 0 takes streams to every port without a listener of its own. */
  int port();

  /** Bean name or own name of the stream manager; empty for the only, or the primary, one. */
  default String manager() {
    return "";
  }

  /**
   * Sets the handler, and whatever differs from the settings of the factory, which are in {@code
   * builder} already.
   */
  void configure(I2PListenerContainerBuilder builder);

  /** Streams to {@code port} of the only, or the primary, manager, served by {@code handler}. */
  static I2PListenerEndpoint of(String id, int port, I2PStreamHandler handler) {
    return new I2PListenerEndpoint() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public int port() {
        return port;
      }

      @Override
      public void configure(I2PListenerContainerBuilder builder) {
        builder.handler(handler).description(handler.getClass().getName());
      }
    };
  }
}
