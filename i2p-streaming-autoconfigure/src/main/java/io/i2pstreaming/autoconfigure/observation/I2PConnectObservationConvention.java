package io.i2pstreaming.autoconfigure.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and keys of dials. A bean of this type replaces {@link
 * DefaultI2PConnectObservationConvention}.
 */
public interface I2PConnectObservationConvention
    extends ObservationConvention<I2PConnectObservationContext> {
  @Override
  default boolean supportsContext(Observation.Context context) {
    return context instanceof I2PConnectObservationContext;
  }
}
