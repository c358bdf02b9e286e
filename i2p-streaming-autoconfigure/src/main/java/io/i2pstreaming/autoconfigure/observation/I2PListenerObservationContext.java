package io.i2pstreaming.autoconfigure.observation;

import io.micrometer.observation.Observation;

/** A stream that a listener serves. Knows which listener, and nothing about the peer. */
public class I2PListenerObservationContext extends Observation.Context {
  private final String manager;
  private final String listenerId;

  /** A stream of the listener with this id, on the stream manager with this name. */
  public I2PListenerObservationContext(String manager, String listenerId) {
    this.manager = manager;
    this.listenerId = listenerId;
  }

  /** The stream manager's name. */
  public String getManager() {
    return manager;
  }

  /** The listener's id. */
  public String getListenerId() {
    return listenerId;
  }
}
