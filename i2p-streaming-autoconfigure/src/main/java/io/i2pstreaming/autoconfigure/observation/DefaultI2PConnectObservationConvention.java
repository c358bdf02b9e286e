package io.i2pstreaming.autoconfigure.observation;

import io.i2pstreaming.StreamingException;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/** The usual names and keys of dials; to be extended by those who want further keys. */
public class DefaultI2PConnectObservationConvention implements I2PConnectObservationConvention {
  @Override
  public String getName() {
    return "i2p.streaming.connect";
  }

  @Override
  public String getContextualName(I2PConnectObservationContext context) {
    return "i2p connect";
  }

  @Override
  public KeyValues getLowCardinalityKeyValues(I2PConnectObservationContext context) {
    return KeyValues.of(
        I2PObservation.Key.MANAGER.withValue(context.getManager()),
        I2PObservation.Key.OUTCOME.withValue(outcome(context.getError())));
  }

  private static String outcome(@Nullable Throwable error) {
    if (error == null) {
      return "success";
    }
    if (error instanceof StreamingException.ConnectTimeout) {
      return "timeout";
    }
    return error instanceof StreamingException.Refused ? "rejected" : "error";
  }
}
