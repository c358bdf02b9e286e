package io.i2pstreaming.autoconfigure.metrics;

import io.i2pstreaming.autoconfigure.observation.I2PObservation;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;

/**
 * The timers that Micrometer makes of our observations: describes them, and leaves out those of
 * what is under way. These would time a dial under an outcome that it does not have yet, and a
 * listener under the name of our gauge of the same.
 */
final class ObservationMeterFilter implements MeterFilter {
  @Override
  public MeterFilterReply accept(Meter.Id id) {
    if (id.getType() == Meter.Type.LONG_TASK_TIMER) {
      for (I2PObservation observation : I2PObservation.values()) {
        if (id.getName().equals(observation.getName() + ".active")) {
          return MeterFilterReply.DENY;
        }
      }
    }
    return MeterFilterReply.NEUTRAL;
  }

  @Override
  public Meter.Id map(Meter.Id id) {
    for (I2PObservation observation : I2PObservation.values()) {
      if (id.getName().equals(observation.getName()) && id.getDescription() == null) {
        return new Meter.Id(
            id.getName(),
            Tags.of(id.getTags()),
            id.getBaseUnit(),
            observation.description(),
            id.getType());
      }
    }
    return id;
  }
}
