package io.i2pstreaming.autoconfigure.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and keys of served streams. A bean of this type replaces {@link
 * DefaultI2PListenerObservationConvention}.
 */
public interface I2PListenerObservationConvention
    extends ObservationConvention<I2PListenerObservationContext> {
  @Override
  default boolean supportsContext(Observation.Context context) {
    return context instanceof I2PListenerObservationContext;
  }
}
