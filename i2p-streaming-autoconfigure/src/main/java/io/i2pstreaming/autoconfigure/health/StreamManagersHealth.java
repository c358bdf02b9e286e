package io.i2pstreaming.autoconfigure.health;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.spring.I2PListenerEndpointRegistry;
import io.i2pstreaming.spring.StreamManagers;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors.Entry;

/**
 * The health of every stream manager under its name. Looks for them each time, so that one that
 * becomes a bean later is seen as well.
 */
final class StreamManagersHealth implements CompositeHealthContributor {
  private final StreamManagers managers;
  private final @Nullable I2PListenerEndpointRegistry listeners;
  private final Duration startupTimeout;

  StreamManagersHealth(
      StreamManagers managers,
      @Nullable I2PListenerEndpointRegistry listeners,
      Duration startupTimeout) {
    this.managers = managers;
    this.listeners = listeners;
    this.startupTimeout = startupTimeout;
  }

  @Override
  public @Nullable HealthContributor getContributor(String name) {
    StreamManager manager = managers.byName().get(name);
    return manager == null ? null : of(manager);
  }

  @Override
  public Stream<Entry> stream() {
    return managers.byName().entrySet().stream()
        .map(entry -> new Entry(entry.getKey(), of(entry.getValue())));
  }

  private StreamManagerHealthIndicator of(StreamManager manager) {
    return new StreamManagerHealthIndicator(manager, listeners, startupTimeout);
  }
}
