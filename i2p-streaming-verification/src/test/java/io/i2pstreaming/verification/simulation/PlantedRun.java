package io.i2pstreaming.verification.simulation;

import java.util.function.LongConsumer;

/** Plays a seed; public, so that another class loader's copy can be called. */
public final class PlantedRun implements LongConsumer {
  @Override
  public void accept(long seed) {
    Simulation.run(seed);
  }
}
