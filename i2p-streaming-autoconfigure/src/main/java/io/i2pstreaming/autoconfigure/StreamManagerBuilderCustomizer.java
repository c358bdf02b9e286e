package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.StreamManagerBuilder;

/**
 * Changes the builder of a {@code StreamManager} after the properties were applied. Beans of this
 * type are called in their order, for every manager below {@code i2p.managers}, whose name {@link
 * StreamManagerBuilder#name()} tells, and for every {@code StreamManagerBuilder} that the context
 * hands out, which has the name {@code i2p} at that time. The keys are those of {@code
 * i2p.destination.key-file}, if there is one.
 */
@FunctionalInterface
public interface StreamManagerBuilderCustomizer {
  /** Changes {@code builder}. */
  void customize(StreamManagerBuilder builder);
}
