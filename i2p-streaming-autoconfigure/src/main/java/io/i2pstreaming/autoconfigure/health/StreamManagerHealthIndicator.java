package io.i2pstreaming.autoconfigure.health;

import io.i2pstreaming.ManagerStats;
import io.i2pstreaming.SessionState;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.spring.I2PListenerEndpointRegistry;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Health of one stream manager, which is that of its session: OUT_OF_SERVICE until it was up for
 * the first time, DOWN when it is lost, or refused for good. A stopped listener is a detail, not a
 * fault. No detail says anything about a destination.
 */
final class StreamManagerHealthIndicator extends AbstractHealthIndicator {
  private final StreamManager manager;
  private final @Nullable I2PListenerEndpointRegistry listeners;

  StreamManagerHealthIndicator(
      StreamManager manager, @Nullable I2PListenerEndpointRegistry listeners) {
    super("The state of the I2P session is not known");
    this.manager = manager;
    this.listeners = listeners;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    SessionState state = manager.state();
    ManagerStats stats = manager.stats();
    builder
        .status(status(state.phase()))
        .withDetail("state", state.phase())
        .withDetail("since", state.since().toString())
        .withDetail("reconnects", state.reconnects())
        .withDetail("activeConnections", stats.activeIncoming() + stats.activeOutgoing());
    if (!state.detail().isEmpty()) {
      builder.withDetail("detail", state.detail());
    }
    if (!state.routerVersion().isEmpty()) {
      builder.withDetail("routerVersion", state.routerVersion());
    }
    Map<String, String> states = listenerStates();
    if (!states.isEmpty()) {
      builder.withDetail("listeners", states);
    }
  }

  private static Status status(SessionState.Phase phase) {
    return switch (phase) {
      case NEW, STARTING -> Status.OUT_OF_SERVICE;
      case UP -> Status.UP;
      case DOWN, FAILED, CLOSED -> Status.DOWN;
    };
  }

  private Map<String, String> listenerStates() {
    Map<String, String> states = new TreeMap<>();
    if (listeners != null) {
      listeners.containers().stream()
          .filter(container -> container.manager() == manager)
          .forEach(
              container ->
                  states.put(container.id(), container.isRunning() ? "running" : "stopped"));
    }
    return states;
  }
}
