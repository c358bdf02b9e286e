package io.i2pstreaming.autoconfigure.observation;

import io.i2pstreaming.StreamingException;
import io.i2pstreaming.spring.I2PFramingException;
import io.micrometer.common.KeyValues;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/** The usual names and keys of served streams; to be extended by those who want further keys. */
public class DefaultI2PListenerObservationConvention implements I2PListenerObservationConvention {
  @Override
  public String getName() {
    return "i2p.streaming.listener";
  }

  @Override
  public String getContextualName(I2PListenerObservationContext context) {
    return context.getListenerId() + " receive";
  }

  @Override
  public KeyValues getLowCardinalityKeyValues(I2PListenerObservationContext context) {
    Throwable error = context.getError();
    return KeyValues.of(
        I2PObservation.Key.MANAGER.withValue(context.getManager()),
        I2PObservation.Key.LISTENER.withValue(context.getListenerId()),
        I2PObservation.Key.RESULT.withValue(result(error)),
        I2PObservation.Key.EXCEPTION.withValue(exception(error)));
  }

  private static String exception(@Nullable Throwable error) {
    if (error == null) {
      return "none";
    }
    String simple = error.getClass().getSimpleName();
    return simple.isEmpty() ? error.getClass().getName() : simple;
  }

  /** What the container tells apart, too: a peer that is gone is no fault of the handler. */
  private static String result(@Nullable Throwable error) {
    if (error == null) {
      return "success";
    }
    boolean peer =
        error instanceof StreamingException
            || error instanceof SocketTimeoutException
            || error instanceof I2PFramingException;
    return peer ? "aborted" : "failure";
  }
}
