package io.i2pstreaming;

import io.i2pstreaming.connection.CongestionAlgorithm;
import io.i2pstreaming.connection.InactivityAction;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * Options of streams, under I2P's official names ({@code i2p.streaming.*}) and with the project's
 * defaults. Immutable. An option is here only if the engine obeys it.
 */
public final class StreamingOptions {
  /** All defaults. */
  public static StreamingOptions defaults() {
    throw new UnsupportedOperationException("seam");
  }

  /**
   * The official names, without the prefix {@code i2p.streaming.}, that {@link Builder#set}
   * understands.
   */
  public static Set<String> names() {
    throw new UnsupportedOperationException("seam");
  }

  /** A builder that starts with these values. */
  public Builder toBuilder() {
    throw new UnsupportedOperationException("seam");
  }

  /** A builder that starts with the defaults. */
  public static Builder builder() {
    throw new UnsupportedOperationException("seam");
  }

  /** All values by official name, as text that {@link Builder#set} reads back. */
  public Map<String, String> asMap() {
    throw new UnsupportedOperationException("seam");
  }

  /** initialWindowSize, packets. Default 6. */
  public int initialWindowSize() {
    throw new UnsupportedOperationException("seam");
  }

  /** maxWindowSize, packets. Default 128 (never more than 124 are used towards unproven peers). */
  public int maxWindowSize() {
    throw new UnsupportedOperationException("seam");
  }

  /**
   * maxMessageSize, payload bytes per packet, 512 to 1812. Default 1812, or 1730 with ElGamal lease
   * sets.
   */
  public int maxMessageSize() {
    throw new UnsupportedOperationException("seam");
  }

  /** initialRTO. Default 3.5 s. */
  public Duration initialRto() {
    throw new UnsupportedOperationException("seam");
  }

  /** initialAckDelay: longest ack delay. Default 100 ms. */
  public Duration initialAckDelay() {
    throw new UnsupportedOperationException("seam");
  }

  /** connectTimeout; zero is unlimited. Default 60 s. */
  public Duration connectTimeout() {
    throw new UnsupportedOperationException("seam");
  }

  /** connectDelay: how long a SYN waits for data to carry; zero sends at once. Default 0. */
  public Duration connectDelay() {
    throw new UnsupportedOperationException("seam");
  }

  /** readTimeout: default of {@code setSoTimeout}; zero waits without limit. Default 0. */
  public Duration readTimeout() {
    throw new UnsupportedOperationException("seam");
  }

  /** writeTimeout: how long a write waits for room; zero waits without limit. Default 0. */
  public Duration writeTimeout() {
    throw new UnsupportedOperationException("seam");
  }

  /** maxResends. Default 8. */
  public int maxResends() {
    throw new UnsupportedOperationException("seam");
  }

  /** inactivityTimeout; zero is never. Default 90 s. */
  public Duration inactivityTimeout() {
    throw new UnsupportedOperationException("seam");
  }

  /** inactivityAction. Default send. */
  public InactivityAction inactivityAction() {
    throw new UnsupportedOperationException("seam");
  }

  /** answerPings. Default true. */
  public boolean answerPings() {
    throw new UnsupportedOperationException("seam");
  }

  /** congestionAlgorithm. Default aimd. */
  public CongestionAlgorithm congestionAlgorithm() {
    throw new UnsupportedOperationException("seam");
  }

  /** Changes options. */
  public static final class Builder {
    private Builder() {}

    /**
     * Sets the option with this official name (any letter case, dashes ignored), from I2P's
     * spelling: numbers without a unit are milliseconds, packets or bytes as I2P documents them;
     * {@code 256KB} of a window is bytes, {@code 3s} is a duration.
     *
     * @throws IllegalArgumentException for an unknown name or a bad value; the message says what is
     *     allowed
     */
    public Builder set(String name, String value) {
      throw new UnsupportedOperationException("seam");
    }

    /** The options. */
    public StreamingOptions build() {
      throw new UnsupportedOperationException("seam");
    }
  }
}
