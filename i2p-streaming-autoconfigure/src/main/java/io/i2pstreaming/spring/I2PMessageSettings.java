package io.i2pstreaming.spring;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/**
 * What peers may expect of a listener whose method takes messages, and it of them. Durations of
 * zero are without limit.
 *
 * @param maxMessageSize Longest message, 1 byte to 1 GB.
 * @param idleTimeout How long a peer may wait before it begins a message; then its stream is
 *     closed.
 * @param messageTimeout How long a message may take from its first byte to its last, and how long a
 *     reply waits until the peer takes it.
 * @param replyTimeout How long a future reply may take.
 */
public record I2PMessageSettings(
    DataSize maxMessageSize, Duration idleTimeout, Duration messageTimeout, Duration replyTimeout) {
  /** The longest message that can be allowed. */
  public static final DataSize LARGEST = DataSize.ofGigabytes(1);

  /** What listeners do that do not say otherwise. */
  public static final I2PMessageSettings DEFAULTS =
      new I2PMessageSettings(
          DataSize.ofKilobytes(64),
          Duration.ofMinutes(5),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1));

  /** Refuses sizes and times that are not possible. */
  public I2PMessageSettings {
    if (maxMessageSize.toBytes() < 1 || maxMessageSize.compareTo(LARGEST) > 0) {
      throw new IllegalArgumentException("a message is 1B to 1GB long, not " + maxMessageSize);
    }
    if (idleTimeout.isNegative() || messageTimeout.isNegative() || replyTimeout.isNegative()) {
      throw new IllegalArgumentException("a timeout is not negative");
    }
  }
}
