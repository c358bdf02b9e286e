package io.i2pstreaming.autoconfigure.observation;

import io.micrometer.observation.Observation;

/** A dial. Knows which manager dials, and nothing about whom. */
public class I2PConnectObservationContext extends Observation.Context {
  private final String manager;

  /** A dial of the stream manager with this name. */
  public I2PConnectObservationContext(String manager) {
    this.manager = manager;
  }

  /** The stream manager's name. */
  public String getManager() {
    return manager;
  }
}
