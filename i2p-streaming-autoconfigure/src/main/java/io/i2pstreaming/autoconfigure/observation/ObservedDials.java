package io.i2pstreaming.autoconfigure.observation;

import io.i2pstreaming.DialListener;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes an observation of each dial of one manager. */
final class ObservedDials implements DialListener {
  private static final DefaultI2PConnectObservationConvention USUAL =
      new DefaultI2PConnectObservationConvention();

  private final String manager;
  private final Supplier<ObservationRegistry> registry;
  private final Supplier<I2PConnectObservationConvention> convention;

  /** Both are asked for when dialling: a manager may be there before them. */
  ObservedDials(
      String manager,
      Supplier<ObservationRegistry> registry,
      Supplier<I2PConnectObservationConvention> convention) {
    this.manager = manager;
    this.registry = registry;
    this.convention = convention;
  }

  @Override
  public Consumer<@Nullable Throwable> dialBegun() {
    Observation observation =
        I2PObservation.CONNECT.start(
            convention.get(),
            USUAL,
            () -> new I2PConnectObservationContext(manager),
            registry.get());
    return failure -> {
      if (failure != null) {
        observation.error(cause(failure));
      }
      observation.stop();
    };
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
