package io.i2pstreaming.autoconfigure.health;

import io.i2pstreaming.ManagerStats;
import io.i2pstreaming.SessionState;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.spring.I2PListenerEndpointRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Health of one stream manager, which is that of its session: OUT_OF_SERVICE until it was up for
 * the first time, as long as the start may take; DOWN after that, when it is lost, or refused for
 * good. A stopped listener is a detail, not a fault. No detail says anything about a destination.
 */
final class StreamManagerHealthIndicator extends AbstractHealthIndicator {
  private final StreamManager manager;
  private final @Nullable I2PListenerEndpointRegistry listeners;
  private final Duration startupTimeout;

  StreamManagerHealthIndicator(
      StreamManager manager,
      @Nullable I2PListenerEndpointRegistry listeners,
      Duration startupTimeout) {
    super("The state of the I2P session is not known");
    this.manager = manager;
    this.listeners = listeners;
    this.startupTimeout = startupTimeout;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    SessionState state = manager.state();
    ManagerStats stats = manager.stats();
    builder
        .status(status(state))
        .withDetail("state", state.phase())
        .withDetail("since", state.since().toString())
        .withDetail("reconnects", state.reconnects())
        .withDetail("activeConnections", stats.activeIncoming() + stats.activeOutgoing());
    if (state.phase() == SessionState.Phase.STARTING || state.phase() == SessionState.Phase.DOWN) {
      builder.withDetail("waitsFor", state.awaitsTunnels() ? "tunnels" : "router");
    }
    if (!state.detail().isEmpty()) {
      builder.withDetail("detail", state.detail());
    }
    if (!state.routerVersion().isEmpty()) {
      builder.withDetail("routerVersion", state.routerVersion());
    }
    traffic(builder, stats);
    Map<String, String> states = listenerStates();
    if (!states.isEmpty()) {
      builder.withDetail("listeners", states);
    }
  }

  private Status status(SessionState state) {
    return switch (state.phase()) {
      case NEW -> Status.OUT_OF_SERVICE;
      case STARTING ->
          Duration.between(state.since(), Instant.now()).compareTo(startupTimeout) < 0
              ? Status.OUT_OF_SERVICE
              : Status.DOWN;
      case UP -> Status.UP;
      case DOWN, FAILED, CLOSED -> Status.DOWN;
    };
  }

  /** Mean round trip of the open streams, and how much was sent again since the start. */
  private void traffic(Health.Builder builder, ManagerStats stats) {
    OptionalDouble rtt =
        manager.streams().stream()
            .mapToLong(stream -> stream.connection().smoothedRttNanos())
            .filter(nanos -> nanos >= 0)
            .average();
    if (rtt.isPresent()) {
      builder.withDetail("rttMillis", Math.round(rtt.getAsDouble() / 1e3) / 1e3);
    }
    if (stats.packetsSent() > 0) {
      double ratio = (double) stats.messagesRetried() / stats.packetsSent();
      builder.withDetail("retransmissionRatio", Math.round(ratio * 1e4) / 1e4);
    }
  }

  private Map<String, String> listenerStates() {
    Map<String, String> states = new TreeMap<>();
    if (listeners != null) {
      listeners.containers().stream()
          .filter(container -> container.manager() == manager)
          .forEach(
              container ->
                  states.put(container.id(), container.state().name().toLowerCase(Locale.ROOT)));
    }
    return states;
  }
}
