package io.i2pstreaming.loop;

import org.jspecify.annotations.Nullable;

/** Who wants options of the running session changed. Called once, on the loop thread. */
@FunctionalInterface
public interface Reconfiguration {
  /** The end: null when a router has taken the options, else one sentence on why not. */
  void done(@Nullable String failure);
}
