package io.i2pstreaming.spring;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.endpoint.AccessList;
import io.i2pstreaming.endpoint.ConnectionLimits;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * What a listener container is made of. Only manager and handler must be given. Not thread-safe.
 */
public final class I2PListenerContainerBuilder {
  /** Streams that are served at once. */
  public static final int DEFAULT_CONCURRENCY = 128;

  /** Shorter than the 30 s that a context gives each of its phases to stop. */
  public static final Duration DEFAULT_GRACE_PERIOD = Duration.ofSeconds(20);

  private final String id;
  private final int port;
  private @Nullable StreamManager manager;
  private @Nullable I2PStreamHandler handler;
  private @Nullable Executor executor;
  private int concurrency = DEFAULT_CONCURRENCY;
  private boolean autoStartup = true;
  private Duration gracePeriod = DEFAULT_GRACE_PERIOD;
  private BackOff recovery = defaultRecovery();
  private I2PMessageSettings messages = I2PMessageSettings.DEFAULTS;
  private I2PListenerErrorHandler errorHandler = failure -> I2PErrorAction.reset();
  private AccessList accessList = AccessList.OFF;
  private ConnectionLimits limits = ConnectionLimits.NONE;
  private String description = "";

  I2PListenerContainerBuilder(String id, int port) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("an I2P port is 0 to 65535, not " + port);
    }
    this.id = id;
    this.port = port;
  }

  private static BackOff defaultRecovery() {
    ExponentialBackOff recovery = new ExponentialBackOff(1000, 2);
    recovery.setMaxInterval(30_000);
    return recovery;
  }

  /** Its name in the registry. */
  public String id() {
    return id;
  }

  /** The I2P port that it serves. */
  public int port() {
    return port;
  }

  /** The manager that it listens on. */
  public StreamManager manager() {
    return Objects.requireNonNull(manager, "a listener container needs a manager");
  }

  /** The manager that it listens on. */
  public I2PListenerContainerBuilder manager(StreamManager manager) {
    this.manager = manager;
    return this;
  }

  /** What serves each stream. */
  public I2PStreamHandler handler() {
    return Objects.requireNonNull(handler, "a listener container needs a handler");
  }

  /** What serves each stream. */
  public I2PListenerContainerBuilder handler(I2PStreamHandler handler) {
    this.handler = handler;
    return this;
  }

  /**
   * Puts something around the handler. What it throws is what the container counts as a failure;
   * the stream is open before and after the call.
   */
  public I2PListenerContainerBuilder decorateHandler(UnaryOperator<I2PStreamHandler> decorator) {
    this.handler = decorator.apply(handler());
    return this;
  }

  /** Where the handler is called; without one, on a new thread for each stream. */
  public I2PListenerContainerBuilder executor(Executor executor) {
    this.executor = executor;
    return this;
  }

  Executor executor() {
    if (executor != null) {
      return executor;
    }
    SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor("i2p-listener-" + id + "-");
    threads.setDaemon(true);
    return threads;
  }

  /** How many streams are served at once, at least 1. */
  public I2PListenerContainerBuilder concurrency(int concurrency) {
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency is at least 1, not " + concurrency);
    }
    this.concurrency = concurrency;
    return this;
  }

  int concurrency() {
    return concurrency;
  }

  /** Whether it starts with the application context. */
  public I2PListenerContainerBuilder autoStartup(boolean autoStartup) {
    this.autoStartup = autoStartup;
    return this;
  }

  boolean autoStartup() {
    return autoStartup;
  }

  /** How long a stop waits for the streams in hand before it resets them. */
  public I2PListenerContainerBuilder gracePeriod(Duration gracePeriod) {
    if (gracePeriod.isNegative()) {
      throw new IllegalArgumentException("a grace period is not negative");
    }
    this.gracePeriod = gracePeriod;
    return this;
  }

  Duration gracePeriod() {
    return gracePeriod;
  }

  /** How long to wait, and how often, when accepting streams fails. */
  public I2PListenerContainerBuilder recovery(BackOff recovery) {
    this.recovery = recovery;
    return this;
  }

  BackOff recovery() {
    return recovery;
  }

  /** Sizes and times for handlers that take messages. */
  public I2PListenerContainerBuilder messages(I2PMessageSettings messages) {
    this.messages = messages;
    return this;
  }

  /** Sizes and times for handlers that take messages. */
  public I2PMessageSettings messages() {
    return messages;
  }

  /** Decides about failures; without one, the stream is reset. */
  public I2PListenerContainerBuilder errorHandler(I2PListenerErrorHandler errorHandler) {
    this.errorHandler = errorHandler;
    return this;
  }

  /** Decides about failures. */
  public I2PListenerErrorHandler errorHandler() {
    return errorHandler;
  }

  /** Who may open streams to the port, beside what the manager's list says. */
  public I2PListenerContainerBuilder accessList(AccessList accessList) {
    this.accessList = accessList;
    return this;
  }

  AccessList accessList() {
    return accessList;
  }

  /** How many streams peers may open to the port, beside the manager's limits. */
  public I2PListenerContainerBuilder limits(ConnectionLimits limits) {
    this.limits = limits;
    return this;
  }

  ConnectionLimits limits() {
    return limits;
  }

  /** What the handler is, for people: usually class and method. */
  public I2PListenerContainerBuilder description(String description) {
    this.description = description;
    return this;
  }

  /** What the handler is, for people. */
  public String description() {
    return description;
  }

  /** A stopped container. */
  public I2PListenerContainer build() {
    return new I2PListenerContainer(this);
  }
}
