package io.i2pstreaming.spring;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link I2PListenerConfigurer} beans say. Not thread-safe. */
public final class I2PListenerEndpointRegistrar {
  /** An endpoint and the factory of its container, null for the usual one. */
  record Registration(
      I2PListenerEndpoint endpoint, @Nullable I2PListenerContainerFactory factory) {}

  private final List<Registration> registrations = new ArrayList<>();

  I2PListenerEndpointRegistrar() {}

  /** Adds an endpoint, with a container of the usual factory. */
  public void registerEndpoint(I2PListenerEndpoint endpoint) {
    registrations.add(new Registration(endpoint, null));
  }

  /** Adds an endpoint, with a container of {@code factory}. */
  public void registerEndpoint(I2PListenerEndpoint endpoint, I2PListenerContainerFactory factory) {
    registrations.add(new Registration(endpoint, factory));
  }

  List<Registration> registrations() {
    return registrations;
  }
}
