package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.spring.I2PConfigurationException;
import io.i2pstreaming.spring.I2PListenerContainerFactory;
import io.i2pstreaming.spring.I2PMessageSettings;
import java.time.Duration;
import java.util.Objects;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Gives a factory the settings of {@code i2p.listener.*} and {@code i2p.shutdown.*}. Applications
 * that define factories of their own begin with it, and change what they want different.
 */
public final class I2PListenerContainerFactoryConfigurer {
  private final I2PListenerProperties properties;
  private final I2PShutdownProperties shutdown;

  I2PListenerContainerFactoryConfigurer(
      I2PListenerProperties properties, I2PShutdownProperties shutdown) {
    this.properties = properties;
    this.shutdown = shutdown;
  }

  /** Sets everything that there is a property for. */
  public void configure(I2PListenerContainerFactory factory) {
    factory.setAutoStartup(properties.autoStartup());
    if (properties.concurrency() < 1) {
      throw new I2PConfigurationException(
          "The property 'i2p.listener.concurrency' is " + properties.concurrency() + ".",
          "Set it to 1 or more.");
    }
    factory.setConcurrency(properties.concurrency());
    factory.setRecovery(recovery(properties.recovery()));
    factory.setMessages(messages());
    Duration gracePeriod = shutdown.gracePeriod();
    if (gracePeriod.isNegative()) {
      throw new I2PConfigurationException(
          "The property 'i2p.shutdown.grace-period' is " + gracePeriod + ".",
          "Set it to 0s or more.");
    }
    factory.setGracePeriod(gracePeriod);
  }

  private I2PMessageSettings messages() {
    try {
      return new I2PMessageSettings(
          properties.maxMessageSize(),
          properties.idleTimeout(),
          properties.messageTimeout(),
          properties.replyTimeout());
    } catch (IllegalArgumentException e) {
      throw new I2PConfigurationException(
          "A property under 'i2p.listener' is not possible: " + e.getMessage() + ".",
          "Correct i2p.listener.max-message-size, .idle-timeout, .message-timeout or"
              + " .reply-timeout.",
          e);
    }
  }

  private static BackOff recovery(I2PListenerProperties.Recovery recovery) {
    try {
      ExponentialBackOff backOff =
          new ExponentialBackOff(recovery.delay().toMillis(), recovery.multiplier());
      backOff.setMaxInterval(recovery.maxDelay().toMillis());
      backOff.setJitter(recovery.jitter().toMillis());
      long retries = Objects.requireNonNullElse(recovery.maxRetries(), Long.MAX_VALUE);
      if (retries < 0 || recovery.delay().toMillis() < 1 || recovery.maxDelay().toMillis() < 1) {
        throw new IllegalArgumentException("it is too small");
      }
      backOff.setMaxAttempts(retries);
      return backOff;
    } catch (IllegalArgumentException e) {
      throw new I2PConfigurationException(
          "A property under 'i2p.listener.recovery' is not possible: " + e.getMessage() + ".",
          "Correct it: delays are at least 1ms, no number is negative, and the multiplier is at"
              + " least 1.",
          e);
    }
  }
}
