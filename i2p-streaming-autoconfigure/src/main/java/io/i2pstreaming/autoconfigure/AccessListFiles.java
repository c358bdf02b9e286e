package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.endpoint.AccessList;
import io.i2pstreaming.spring.I2PConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * Looks now and then whether a file of {@code i2p.access-list.file} has changed, and if so gives
 * its manager the new list. A file that cannot be used changes nothing and is named in a warning,
 * once. Has one thread.
 */
final class AccessListFiles implements SmartLifecycle {
  static final String INTERVAL = "i2p.access-list.reload-interval";

  private static final Logger log = LoggerFactory.getLogger(AccessListFiles.class);

  private final StreamManagerFactory factory;
  private final Duration interval;

  /**
   * How each manager's file looked when it was read last. Touched by the start, and then by the
   * thread alone.
   */
  private final Map<String, String> seen = new HashMap<>();

  private volatile @Nullable ScheduledExecutorService thread;

  AccessListFiles(StreamManagerFactory factory, Duration interval) {
    this.factory = factory;
    this.interval = interval;
  }

  /** How often to look. */
  static Duration interval(Environment environment) {
    PropertyScope scope = PropertyScope.of((ConfigurableEnvironment) environment);
    Duration interval = scope.binder().bind(INTERVAL, Duration.class).orElse(Duration.ZERO);
    if (interval.isNegative() || interval.isZero()) {
      throw new I2PConfigurationException(
          "The property '" + INTERVAL + "' is " + interval + ".",
          "Write a duration longer than zero, such as 10s, or remove the property to read the file"
              + " at the start alone.");
    }
    return interval;
  }

  @Override
  public void start() {
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread looking = new Thread(task, "i2p-access-list");
              looking.setDaemon(true);
              return looking;
            });
    // Once before anything can change, so that the first change is seen.
    factory.built().forEach((name, built) -> seen.put(name, look(built)));
    ScheduledFuture<?> unused =
        executor.scheduleWithFixedDelay(
            this::lookAtAll, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    thread = executor;
  }

  private void lookAtAll() {
    factory
        .built()
        .forEach(
            (name, built) -> {
              String now = look(built);
              if (!now.equals(seen.put(name, now))) {
                reload(name, built);
              }
            });
  }

  private static void reload(String name, StreamManagerFactory.Built built) {
    try {
      AccessList list = AccessListReader.read(built.scope());
      built.manager().accessList(list);
      log.info("{}: the access list was read anew, {} entries", name, list.size());
    } catch (I2PConfigurationException e) {
      log.warn("{}: the access list stays as it was. {}", name, e.getMessage());
    } catch (RuntimeException e) {
      // Such as a placeholder without a value; its text may quote the property.
      log.warn("{}: the access list stays as it was: {}", name, e.getClass().getName());
    }
  }

  /** What tells one state of a file from another; empty without a file. */
  private static String look(StreamManagerFactory.Built built) {
    OfficialProperty file = OfficialProperty.find(built.scope(), AccessListReader.FILE);
    if (file == null) {
      return "";
    }
    try {
      Path path = Path.of(file.value().strip());
      return path + " " + Files.getLastModifiedTime(path) + " " + Files.size(path);
    } catch (IOException | InvalidPathException e) {
      return file.value() + " " + e.getClass().getName();
    }
  }

  @Override
  public void stop() {
    ScheduledExecutorService executor = thread;
    thread = null;
    if (executor != null) {
      executor.shutdownNow();
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }
}
