package io.i2pstreaming.spring;

/**
 * Beans of this type may add endpoints, and change how listener methods are called, before the
 * containers of the {@link I2PListener} methods are made.
 */
@FunctionalInterface
public interface I2PListenerConfigurer {
  /** Called once, when all singletons exist. */
  void configureI2PListeners(I2PListenerEndpointRegistrar registrar);
}
