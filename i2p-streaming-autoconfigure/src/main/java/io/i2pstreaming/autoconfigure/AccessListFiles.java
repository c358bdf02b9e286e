package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.endpoint.AccessList;
import io.i2pstreaming.spring.I2PConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
 * its manager the new list. A file is read when it looks the same twice: one that is being written
 * may be empty for a moment, and an empty list would let in whom it is to keep out. A file that
 * cannot be used changes nothing and is named in a warning, once. Has one thread.
 */
final class AccessListFiles implements SmartLifecycle {
  static final String INTERVAL = "i2p.access-list.reload-interval";

  private static final Logger log = LoggerFactory.getLogger(AccessListFiles.class);

  private final StreamManagerFactory factory;
  private final Duration interval;

  /** How each manager's file looked at the last look. */
  private final Map<String, String> seen = new ConcurrentHashMap<>();

  /** How it looked when it was read here; absent while the list is that of the start. */
  private final Map<String, String> read = new ConcurrentHashMap<>();

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
    ScheduledFuture<?> unused =
        executor.scheduleWithFixedDelay(
            this::lookAtAll, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    thread = executor;
  }

  /** One look at every file. */
  void lookAtAll() {
    factory.built().forEach(this::lookAt);
  }

  private void lookAt(String name, StreamManagerFactory.Built built) {
    String now = look(built.scope());
    boolean settled = now.equals(seen.put(name, now));
    if (settled && !now.equals(read.getOrDefault(name, built.listFile()))) {
      reload(name, built, now);
    }
  }

  private void reload(String name, StreamManagerFactory.Built built, String look) {
    try {
      AccessList list = AccessListReader.read(built.scope());
      if (!look.equals(look(built.scope()))) {
        // Changed while it was read: it has to settle again.
        return;
      }
      built.manager().accessList(list);
      log.info("{}: the access list was read anew, {} entries", name, list.size());
    } catch (I2PConfigurationException e) {
      log.warn("{}: the access list stays as it was. {}", name, e.getMessage());
    } catch (RuntimeException e) {
      // Such as a placeholder without a value; its text may quote the property.
      log.warn("{}: the access list stays as it was: {}", name, e.getClass().getName());
    }
    read.put(name, look);
  }

  /** What tells one state of a manager's file from another; empty without a file. Never throws. */
  static String look(PropertyScope scope) {
    try {
      OfficialProperty file = OfficialProperty.find(scope, AccessListReader.FILE);
      if (file == null) {
        return "";
      }
      Path path = Path.of(file.value().strip());
      return path + " " + Files.getLastModifiedTime(path) + " " + Files.size(path);
    } catch (IOException | RuntimeException e) {
      // Whoever reads the list says what is wrong.
      return e.getClass().getName();
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
