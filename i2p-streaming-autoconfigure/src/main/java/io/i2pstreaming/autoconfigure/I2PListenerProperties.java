package io.i2pstreaming.autoconfigure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What listeners do that do not say otherwise. Read by {@link
 * I2PListenerContainerFactoryConfigurer}.
 *
 * @param autoStartup Whether listeners start with the application.
 * @param concurrency Streams that each listener serves at once; the next 64 wait, further ones are
 *     refused.
 * @param observationEnabled Whether each stream that a listener serves is observed, where the
 *     application has an ObservationRegistry.
 * @param maxMessageSize Longest message of a peer; a longer one resets its stream.
 * @param idleTimeout How long a peer may wait before it begins a message; then its stream is
 *     closed. 0s is without limit.
 * @param messageTimeout How long a message may take from its first byte to its last, and how long a
 *     peer may keep a reply waiting; then its stream is reset. 0s is without limit.
 * @param replyTimeout How long a future that a listener method returned may take; then it is
 *     cancelled and the stream is reset. 0s is without limit.
 * @param recovery what happens when a listener cannot accept streams
 */
@ConfigurationProperties("i2p.listener")
public record I2PListenerProperties(
    @DefaultValue("true") boolean autoStartup,
    @DefaultValue("128") int concurrency,
    @DefaultValue("true") boolean observationEnabled,
    @DefaultValue("64KB") DataSize maxMessageSize,
    @DefaultValue("5m") Duration idleTimeout,
    @DefaultValue("1m") Duration messageTimeout,
    @DefaultValue("1m") Duration replyTimeout,
    @DefaultValue Recovery recovery) {
  /**
   * What happens when a listener cannot accept streams.
   *
   * @param maxRetries Attempts after the first failure, until one succeeds; then the listener
   *     stops. Without limit when absent.
   * @param delay Wait before the first further attempt.
   * @param multiplier Factor by which the wait grows with every attempt.
   * @param maxDelay Longest wait.
   * @param jitter Largest random deviation of a wait.
   */
  public record Recovery(
      @Nullable Long maxRetries,
      @DefaultValue("1s") Duration delay,
      @DefaultValue("2") double multiplier,
      @DefaultValue("30s") Duration maxDelay,
      @DefaultValue("0ms") Duration jitter) {}
}
