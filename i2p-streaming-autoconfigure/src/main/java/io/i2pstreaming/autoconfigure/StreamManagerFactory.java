package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamManagerBuilder;
import io.i2pstreaming.StreamingOptions;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.spring.I2PConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Builds stream managers as the properties say: the one without a name, and those below {@code
 * i2p.managers}. Called while beans are created, by one thread at a time.
 */
final class StreamManagerFactory {
  private final ConfigurableEnvironment environment;
  private final ObjectProvider<RouterAddress> router;
  private final ObjectProvider<OwnRouters> ownRouters;
  private final ObjectProvider<I2PRouterConnectionDetails> details;
  private final ObjectProvider<StreamingOptions> options;
  private final ObjectProvider<StreamManagerBuilderCustomizer> customizers;

  /** The property that names a key file, by the file: a destination has one session only. */
  private final Map<Path, String> keyFiles = new HashMap<>();

  /** What was built here, by name. */
  private final Map<String, Built> built = new ConcurrentHashMap<>();

  /** How the file with the access list looked before it was first read, by manager. */
  private final Map<String, String> listFiles = new ConcurrentHashMap<>();

  /**
   * A manager, and the properties that say what it is.
   *
   * @param manager may have ended
   * @param scope its properties
   * @param listFile how the file with its access list looked, see {@link AccessListFiles#look}
   */
  record Built(StreamManager manager, PropertyScope scope, String listFile) {}

  StreamManagerFactory(
      ConfigurableEnvironment environment,
      ObjectProvider<RouterAddress> router,
      ObjectProvider<OwnRouters> ownRouters,
      ObjectProvider<I2PRouterConnectionDetails> details,
      ObjectProvider<StreamingOptions> options,
      ObjectProvider<StreamManagerBuilderCustomizer> customizers) {
    this.environment = environment;
    this.router = router;
    this.ownRouters = ownRouters;
    this.details = details;
    this.options = options;
    this.customizers = customizers;
  }

  /** A builder with all that is said for managers without a name, and no keys. */
  StreamManagerBuilder builder() {
    PropertyScope scope = PropertyScope.of(environment);
    return customized(builder(scope, scope.properties()));
  }

  /** The manager of this name, not started. */
  StreamManager manager(String name) {
    PropertyScope scope = PropertyScope.of(environment, name);
    Admission.logWithoutEffect(scope);
    StreamManagerBuilder builder = builder(scope, scope.properties()).name(name);
    // Its name stands in the properties; a customizer for all does not change that.
    return build(scope, customized(builder).name(name));
  }

  /** Gives a builder the destination that this scope names, and begins the trace. */
  StreamManager build(PropertyScope scope, StreamManagerBuilder builder) {
    I2PProperties.Manager properties = scope.properties();
    requireOwnKeyFile(scope, properties.destination());
    DestinationKeys keys = new DestinationKeyFile(scope, properties.destination()).keys();
    if (keys != null) {
      builder.keys(keys);
    }
    StreamManager manager;
    try {
      manager = builder.build();
    } catch (IllegalArgumentException e) {
      throw new I2PConfigurationException(
          "The I2P session cannot be built: " + e.getMessage() + ".",
          "Correct or remove the option under '"
              + scope.written(SessionOptionsReader.PREFIX)
              + "', or the credentials.",
          e);
    }
    SessionTrace.begin(manager, scope, properties.trace());
    built.put(
        manager.name(), new Built(manager, scope, listFiles.getOrDefault(scope.manager(), "")));
    return manager;
  }

  /** What was built here, by name, in alphabetical order. */
  Map<String, Built> built() {
    return new TreeMap<>(built);
  }

  private StreamManagerBuilder customized(StreamManagerBuilder builder) {
    customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
    return builder;
  }

  private StreamManagerBuilder builder(PropertyScope scope, I2PProperties.Manager properties) {
    StreamingOptions usual = options.getObject();
    // Before it is read, so that a change in between is noticed.
    listFiles.putIfAbsent(scope.manager(), AccessListFiles.look(scope));
    StreamManagerBuilder builder =
        StreamManager.builder()
            .router(router(scope, properties.router()))
            .options(
                scope.manager().isEmpty()
                    ? usual
                    : StreamingOptionsReader.read(scope.own(), usual));
    Admission.read(scope).apply(builder, scope, properties.session().nickname());
    if (RouterMode.parse(scope, properties.router().mode()) == RouterMode.EXTERNAL) {
      ExternalRouter.identify(builder, ownDetails(scope, properties.router()), scope);
    }
    return builder;
  }

  private RouterAddress router(PropertyScope scope, I2PProperties.Router properties) {
    OwnRouters own = scope.isOwn("i2p.router") ? ownRouters.getIfAvailable() : null;
    return own == null ? router.getObject() : own.address(scope, properties);
  }

  private I2PRouterConnectionDetails ownDetails(
      PropertyScope scope, I2PProperties.Router properties) {
    I2PRouterConnectionDetails shared = details.getObject();
    return shared instanceof PropertiesI2PRouterConnectionDetails
        ? new PropertiesI2PRouterConnectionDetails(scope, properties, null)
        : shared;
  }

  private void requireOwnKeyFile(PropertyScope scope, I2PProperties.Destination destination) {
    String name = destination.keyFile();
    Path file = name == null || name.isBlank() ? null : canonical(name);
    if (file == null) {
      return;
    }
    String property = scope.written("i2p.destination.key-file");
    String other = keyFiles.put(file, property);
    if (other != null && !other.equals(property)) {
      throw new I2PConfigurationException(
          "The properties '" + other + "' and '" + property + "' name the same file, " + name + ".",
          "Give each manager a key file of its own: a destination has one session with one router.");
    }
  }

  /** Null where {@link DestinationKeyFile} will say why it is no file. */
  private static @Nullable Path canonical(String name) {
    try {
      Path file = Path.of(name).toAbsolutePath().normalize();
      return file.toFile().exists() ? file.toRealPath() : file;
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }
}
