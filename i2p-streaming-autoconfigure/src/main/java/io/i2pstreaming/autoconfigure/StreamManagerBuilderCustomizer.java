package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.StreamManagerBuilder;

/**
 * Changes the builder of a {@code StreamManager} after the properties were applied. Beans of this
 * type are called in their order, for every {@code StreamManagerBuilder} that the context hands
 * out.
 */
@FunctionalInterface
public interface StreamManagerBuilderCustomizer {
  /** Changes {@code builder}. */
  void customize(StreamManagerBuilder builder);
}
