package io.i2pstreaming.autoconfigure.endpoint;

import io.i2pstreaming.ManagerStats;
import io.i2pstreaming.SessionState;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamStats;
import io.i2pstreaming.connection.ConnectionState;
import io.i2pstreaming.connection.ConnectionStats;
import io.i2pstreaming.spring.StreamManagers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Shows the stream managers and their open streams, and resets a stream for those who have
 * unrestricted access. Says nothing about peers.
 */
@Endpoint(id = "i2pstreams", defaultAccess = Access.READ_ONLY)
public final class I2PStreamsEndpoint {
  private final StreamManagers managers;

  /** Shows these managers. */
  public I2PStreamsEndpoint(StreamManagers managers) {
    this.managers = managers;
  }

  /** All managers by name. */
  @ReadOperation
  public Managers managers() {
    Map<String, Manager> views = new LinkedHashMap<>();
    managers.byName().forEach((name, manager) -> views.put(name, Manager.of(manager)));
    return new Managers(views);
  }

  /** One manager with its open streams, or null. */
  @ReadOperation
  public @Nullable ManagerWithStreams manager(@Selector String manager) {
    StreamManager found = managers.byName().get(manager);
    return found == null
        ? null
        : new ManagerWithStreams(
            Manager.of(found),
            found.options().asMap(),
            found.streams().stream().map(Stream::of).toList());
  }

  /** One open stream, or null. */
  @ReadOperation
  public @Nullable Stream stream(@Selector String manager, @Selector long stream) {
    StreamManager found = managers.byName().get(manager);
    return found == null
        ? null
        : found.streams().stream()
            .filter(candidate -> candidate.id() == stream)
            .findFirst()
            .map(Stream::of)
            .orElse(null);
  }

  /** Resets an open stream: 204, or 404 when there is none. */
  @DeleteOperation
  public WebEndpointResponse<Void> reset(@Selector String manager, @Selector long stream) {
    StreamManager found = managers.byName().get(manager);
    boolean done = found != null && found.reset(stream);
    return new WebEndpointResponse<>(
        done ? WebEndpointResponse.STATUS_NO_CONTENT : WebEndpointResponse.STATUS_NOT_FOUND);
  }

  /** The answer for all managers. */
  public record Managers(Map<String, Manager> managers) {}

  /** A manager's session and totals. */
  public record Manager(
      SessionState.Phase state,
      String since,
      String detail,
      String routerVersion,
      long reconnects,
      ManagerStats totals) {
    static Manager of(StreamManager manager) {
      SessionState state = manager.state();
      return new Manager(
          state.phase(),
          state.since().toString(),
          state.detail(),
          state.routerVersion(),
          state.reconnects(),
          manager.stats());
    }
  }

  /** A manager, its options for new streams, and its open streams. */
  public record ManagerWithStreams(
      Manager manager, Map<String, String> options, List<Stream> streams) {}

  /** One open stream; times are milliseconds, null before the first sample. */
  public record Stream(
      long id,
      String direction,
      int localPort,
      int remotePort,
      long ageMillis,
      ConnectionState state,
      @Nullable Double rttMillis,
      @Nullable Double rttVarianceMillis,
      @Nullable Double minRttMillis,
      double rtoMillis,
      int windowPackets,
      int inFlightPackets,
      long packetsSent,
      long packetsReceived,
      long timeoutRetransmissions,
      long fastRetransmissions,
      long duplicatesReceived,
      long bytesSent,
      long bytesAcknowledged,
      long bytesReceived,
      long chokesSent,
      long chokesReceived) {
    static Stream of(StreamStats stats) {
      ConnectionStats connection = stats.connection();
      return new Stream(
          stats.id(),
          stats.incoming() ? "incoming" : "outgoing",
          stats.localPort(),
          stats.remotePort(),
          stats.age().toMillis(),
          connection.state(),
          millis(connection.smoothedRttNanos()),
          millis(connection.rttVarianceNanos()),
          millis(connection.minRttNanos()),
          connection.rtoNanos() / 1e6,
          connection.windowPackets(),
          connection.inFlightPackets(),
          connection.packetsSent(),
          connection.packetsReceived(),
          connection.timeoutRetransmissions(),
          connection.fastRetransmissions(),
          connection.duplicatesReceived(),
          connection.bytesSent(),
          connection.bytesAcknowledged(),
          connection.bytesReceived(),
          connection.chokesSent(),
          connection.chokesReceived());
    }

    private static @Nullable Double millis(long nanos) {
      return nanos < 0 ? null : nanos / 1e6;
    }
  }
}
