package io.i2pstreaming.spring;

/**
 * Changes every container that an {@link I2PListenerContainerFactory} makes, last of all. All beans
 * of this type are called, in their order.
 */
@FunctionalInterface
public interface I2PListenerContainerCustomizer {
  /** {@code builder} has all settings of the factory and of the endpoint. */
  void customize(I2PListenerContainerBuilder builder);
}
