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
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Shows the stream managers and their open streams. Those who have unrestricted access reset a
 * stream, ping a destination, and change access list and limits. Says nothing about peers, except
 * to those who may change the access list what is in it.
 */
@Endpoint(id = "i2pstreams", defaultAccess = Access.READ_ONLY)
public final class I2PStreamsEndpoint {
  private static final String ACTIONS =
      "Send {\"action\": \"ping\", \"destination\": …}, {\"action\": \"access\"} with mode, add or"
          + " remove, or {\"action\": \"limit\"} with name and value.";

  private final StreamManagers managers;
  private final ManagerChanges changes = new ManagerChanges();

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

  /**
   * Pings a destination, or shows and changes the access list or the limits until the application
   * ends: 200 and what came of it, 400 with a sentence, 404 when there is no such manager.
   *
   * @param action {@code ping}, {@code access} or {@code limit}
   * @param destination of a ping
   * @param port of a ping, 0 if absent
   * @param timeout of a ping, 30s if absent
   * @param mode of the access list from now on: {@code none}, {@code allow}, {@code deny}
   * @param add entries for the access list
   * @param remove entries of the access list
   * @param name of a limit, as I2P calls it
   * @param value of that limit
   */
  @WriteOperation
  public WebEndpointResponse<Object> change(
      @Selector String manager,
      @Nullable String action,
      @Nullable String destination,
      @Nullable Integer port,
      @Nullable String timeout,
      @Nullable String mode,
      @Nullable String add,
      @Nullable String remove,
      @Nullable String name,
      @Nullable String value) {
    StreamManager found = managers.byName().get(manager);
    if (found == null) {
      return Answers.notFound("There is no stream manager of this name.");
    }
    return switch (action == null ? "" : action) {
      case "ping" -> changes.ping(found, destination, port, timeout);
      case "access" -> changes.access(found, mode, add, remove);
      case "limit" -> changes.limit(found, name, value);
      default -> Answers.badRequest(ACTIONS);
    };
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

  /** A manager's session, who may open streams to it, and totals. */
  public record Manager(
      SessionState.Phase state,
      String since,
      String detail,
      String routerVersion,
      long reconnects,
      String accessMode,
      int accessEntries,
      Map<String, String> limits,
      ManagerStats totals) {
    static Manager of(StreamManager manager) {
      SessionState state = manager.state();
      return new Manager(
          state.phase(),
          state.since().toString(),
          state.detail(),
          state.routerVersion(),
          state.reconnects(),
          ManagerChanges.text(manager.accessList().mode()),
          manager.accessList().size(),
          manager.limits().asMap(),
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
