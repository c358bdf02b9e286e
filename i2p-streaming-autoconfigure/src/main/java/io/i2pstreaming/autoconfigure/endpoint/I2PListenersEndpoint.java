package io.i2pstreaming.autoconfigure.endpoint;

import io.i2pstreaming.spring.I2PConfigurationException;
import io.i2pstreaming.spring.I2PListenerContainer;
import io.i2pstreaming.spring.I2PListenerEndpointRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Shows the listeners, and pauses, resumes, stops and starts them for those who have unrestricted
 * access. Says nothing about peers.
 */
@Endpoint(id = "i2plisteners", defaultAccess = Access.READ_ONLY)
public final class I2PListenersEndpoint {
  private static final String ACTIONS = "Send {\"action\": \"pause|resume|stop|start\"}.";

  private final I2PListenerEndpointRegistry registry;

  /** Shows the listeners of this registry. */
  public I2PListenersEndpoint(I2PListenerEndpointRegistry registry) {
    this.registry = registry;
  }

  /** All listeners by id. */
  @ReadOperation
  public Listeners listeners() {
    Map<String, Listener> views = new LinkedHashMap<>();
    registry.containers().forEach(each -> views.put(each.id(), Listener.of(each)));
    return new Listeners(views);
  }

  /** One listener, or null. */
  @ReadOperation
  public @Nullable Listener listener(@Selector String id) {
    I2PListenerContainer container = registry.container(id);
    return container == null ? null : Listener.of(container);
  }

  /**
   * Pauses, resumes, stops or starts a listener: 200 and the listener as it is then, 400 for
   * another action, 404 when there is no such listener, 409 when it cannot be done now. A stop does
   * not wait for the streams in hand.
   */
  @WriteOperation
  public WebEndpointResponse<Object> control(@Selector String id, @Nullable String action) {
    I2PListenerContainer container = registry.container(id);
    if (container == null) {
      return Answers.notFound("There is no listener with this id.");
    }
    if (action == null) {
      return Answers.badRequest(ACTIONS);
    }
    return switch (action) {
      case "pause" -> done(container, container.pause());
      case "resume" -> done(container, container.resume());
      case "stop" -> {
        container.stop(() -> {});
        yield done(container, true);
      }
      case "start" -> start(container);
      default -> Answers.badRequest("There is no such action. " + ACTIONS);
    };
  }

  private static WebEndpointResponse<Object> start(I2PListenerContainer container) {
    try {
      container.start();
      return done(container, true);
    } catch (I2PConfigurationException e) {
      return Answers.conflict("The listener cannot be started: its port cannot be listened on.");
    }
  }

  private static WebEndpointResponse<Object> done(I2PListenerContainer container, boolean done) {
    return done
        ? Answers.ok(Listener.of(container))
        : Answers.conflict("The listener is stopped: start it to pause or resume it.");
  }

  /** The answer for all listeners. */
  public record Listeners(Map<String, Listener> listeners) {}

  /**
   * One listener.
   *
   * @param manager name of its stream manager
   * @param handler usually class and method
   * @param port its I2P port
   * @param state whether peers are served
   * @param autoStartup whether it starts with the application
   * @param concurrency how many streams it serves at once
   * @param active how many it serves now
   * @param handled served to their end
   * @param failed whose handler threw, or that ended early
   */
  public record Listener(
      String manager,
      String handler,
      int port,
      I2PListenerContainer.State state,
      boolean autoStartup,
      int concurrency,
      int active,
      long handled,
      long failed) {
    static Listener of(I2PListenerContainer container) {
      return new Listener(
          container.manager().name(),
          container.description(),
          container.port(),
          container.state(),
          container.autoStartup(),
          container.concurrency(),
          container.activeStreams(),
          container.handledStreams(),
          container.failedStreams());
    }
  }
}
