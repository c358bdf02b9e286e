package io.i2pstreaming.autoconfigure.observation;

import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.spring.I2PStreamHandler;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/**
 * Makes an observation of each stream that a handler serves, current on its thread while it does.
 * It ends with the handler: when the last reply is written, also one that came as a future.
 */
final class ObservedHandler implements I2PStreamHandler {
  private static final DefaultI2PListenerObservationConvention USUAL =
      new DefaultI2PListenerObservationConvention();

  private final I2PStreamHandler handler;
  private final String manager;
  private final String listenerId;
  private final I2PListenerObservationConvention convention;
  private final ObservationRegistry registry;

  ObservedHandler(
      I2PStreamHandler handler,
      String manager,
      String listenerId,
      I2PListenerObservationConvention convention,
      ObservationRegistry registry) {
    this.handler = handler;
    this.manager = manager;
    this.listenerId = listenerId;
    this.convention = convention;
    this.registry = registry;
  }

  @Override
  public void handle(I2PSocket socket) throws Exception {
    Observation observation =
        I2PObservation.LISTENER.observation(
            convention,
            USUAL,
            () -> new I2PListenerObservationContext(manager, listenerId),
            registry);
    observation.observeChecked(() -> handler.handle(socket));
  }
}
