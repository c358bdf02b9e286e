package io.i2pstreaming.spring.site;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link SiteGateway} serves.
 *
 * @param port I2P port, 1 to 65535; streams to port 0, which diallers without a port use, are
 *     served too unless something else listens there
 * @param host what the application sees as {@code Host}, or null for what the caller sent
 * @param maxConnections streams at once
 * @param maxConnectionsPerDestination streams at once of one destination
 * @param maxRequestsPerMinute requests of one destination in a minute; 0 is no limit
 * @param maxHeadBytes bytes of a request line with all its headers
 * @param headerTimeout how long a request's head may take from its first byte, and the first byte
 *     of a stream
 * @param idleTimeout how long a stream may stay open between two requests
 * @param bodyTimeout how long the gateway waits for the caller inside a body, in either direction
 * @param responseTimeout how long the application may be silent while the gateway waits for it
 * @param removedRequestHeaders further request headers that must not come from callers
 */
public record SiteSettings(
    int port,
    @Nullable String host,
    int maxConnections,
    int maxConnectionsPerDestination,
    int maxRequestsPerMinute,
    int maxHeadBytes,
    Duration headerTimeout,
    Duration idleTimeout,
    Duration bodyTimeout,
    Duration responseTimeout,
    Set<String> removedRequestHeaders) {
  /** Fewer bytes than this cannot hold a request's line and headers. */
  public static final int LEAST_HEAD_BYTES = 512;

  /** More bytes than this are never kept of a request's line and headers. */
  public static final int MOST_HEAD_BYTES = 1024 * 1024;

  /** What is used unless something else is said. */
  public static final SiteSettings DEFAULTS =
      new SiteSettings(
          80,
          null,
          100,
          50,
          0,
          8 * 1024,
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofMinutes(5),
          Set.of());

  /** Checks every limit; IllegalArgumentException names the one that is wrong. */
  public SiteSettings {
    within(port, 1, 65_535, "port");
    within(maxConnections, 1, 100_000, "max-connections");
    within(maxConnectionsPerDestination, 1, 100_000, "max-connections-per-destination");
    within(maxRequestsPerMinute, 0, Integer.MAX_VALUE, "max-requests-per-minute");
    within(maxHeadBytes, LEAST_HEAD_BYTES, MOST_HEAD_BYTES, "max-head-bytes");
    positive(headerTimeout, "header-timeout");
    positive(idleTimeout, "idle-timeout");
    positive(bodyTimeout, "body-timeout");
    positive(responseTimeout, "response-timeout");
    removedRequestHeaders = Set.copyOf(removedRequestHeaders);
  }

  private static void within(int value, int least, int most, String name) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(name + " is " + least + " to " + most + ", not " + value);
    }
  }

  private static void positive(Duration value, String name) {
    if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(name + " is 1ms to 1 day, not " + value);
    }
  }
}
