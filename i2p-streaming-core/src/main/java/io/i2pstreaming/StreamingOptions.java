package io.i2pstreaming;

import io.i2pstreaming.connection.CongestionAlgorithm;
import io.i2pstreaming.connection.ConnectionConfig;
import io.i2pstreaming.connection.InactivityAction;
import io.i2pstreaming.connection.StreamProfile;
import io.i2pstreaming.endpoint.PathSharing;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Options of streams, under I2P's official names ({@code i2p.streaming.*}) and with the project's
 * defaults. Immutable. An option is here only if the engine obeys it.
 */
public final class StreamingOptions {
  static final int MAX_WINDOW = 1024;
  static final int SMALLEST_MESSAGE = 512;
  static final int LARGEST_MESSAGE = 1812;

  /** What fits into a message to a destination whose lease set is encrypted with ElGamal. */
  private static final int LARGEST_LEGACY_MESSAGE = 1730;

  /** The header's resend-delay byte: what Java routers send; no receiver is known to use it. */
  private static final int RESEND_DELAY_SECONDS = 1;

  private static final int SMALLEST_RECEIVE_BUDGET = 128 * 1024;
  private static final long DAY = 86_400_000L;

  private static final StreamingOptions DEFAULTS = new Builder(Map.of()).build();

  private final Map<String, String> values;
  private final int initialWindowSize;
  private final int maxWindowSize;
  private final int maxMessageSize;
  private final long initialRtoMillis;
  private final long initialAckDelayMillis;
  private final long connectTimeoutMillis;
  private final long connectDelayMillis;
  private final long readTimeoutMillis;
  private final long writeTimeoutMillis;
  private final int maxResends;
  private final long inactivityTimeoutMillis;
  private final InactivityAction inactivityAction;
  private final boolean answerPings;
  private final CongestionAlgorithm congestionAlgorithm;
  private final StreamProfile profile;
  private final StreamPreset preset;
  private final PathSharing pathSharing;
  private final Map<String, String> given;

  private StreamingOptions(Builder builder) {
    maxMessageSize =
        builder.text(StreamOption.MAX_MESSAGE_SIZE).number(SMALLEST_MESSAGE, LARGEST_MESSAGE);
    maxWindowSize = window(builder.text(StreamOption.MAX_WINDOW_SIZE), maxMessageSize);
    initialWindowSize =
        Math.min(
            maxWindowSize, window(builder.text(StreamOption.INITIAL_WINDOW_SIZE), maxMessageSize));
    initialRtoMillis = builder.text(StreamOption.INITIAL_RTO).millis(100, 45_000, false);
    initialAckDelayMillis = builder.text(StreamOption.INITIAL_ACK_DELAY).millis(0, 5_000, false);
    connectTimeoutMillis = builder.text(StreamOption.CONNECT_TIMEOUT).millis(0, DAY, true);
    connectDelayMillis = builder.text(StreamOption.CONNECT_DELAY).millis(0, 60_000, true);
    readTimeoutMillis = builder.text(StreamOption.READ_TIMEOUT).millis(0, DAY, true);
    writeTimeoutMillis = builder.text(StreamOption.WRITE_TIMEOUT).millis(0, DAY, true);
    maxResends = builder.text(StreamOption.MAX_RESENDS).number(1, 100);
    inactivityTimeoutMillis = builder.text(StreamOption.INACTIVITY_TIMEOUT).millis(0, DAY, true);
    inactivityAction = action(builder.text(StreamOption.INACTIVITY_ACTION));
    answerPings = builder.text(StreamOption.ANSWER_PINGS).bool();
    congestionAlgorithm =
        builder.text(StreamOption.CONGESTION_ALGORITHM).constant(CongestionAlgorithm.class);
    profile = profile(builder.text(StreamOption.PROFILE));
    preset = builder.text(StreamOption.PRESET).constant(StreamPreset.class);
    pathSharing =
        new PathSharing(
            builder.text(StreamOption.TCBCACHE_ENABLED).bool(),
            builder.text(StreamOption.TCBCACHE_RTT_DAMPENING).share(),
            builder.text(StreamOption.TCBCACHE_RTTDEV_DAMPENING).share(),
            builder.text(StreamOption.TCBCACHE_WDW_DAMPENING).share());
    given = Map.copyOf(builder.texts);
    values = asText();
  }

  /** All defaults. */
  public static StreamingOptions defaults() {
    return DEFAULTS;
  }

  /**
   * The official names, without the prefix {@code i2p.streaming.}, that {@link Builder#set}
   * understands.
   */
  public static Set<String> names() {
    return StreamOption.names();
  }

  /** A builder that starts with what was set; a preset can still be changed. */
  public Builder toBuilder() {
    return new Builder(given);
  }

  /** A builder that starts with the defaults. */
  public static Builder builder() {
    return new Builder(Map.of());
  }

  /** All values by official name, as text that {@link Builder#set} reads back. */
  public Map<String, String> asMap() {
    return values;
  }

  /** initialWindowSize, packets; never more than maxWindowSize. Default 6. */
  public int initialWindowSize() {
    return initialWindowSize;
  }

  /** maxWindowSize, packets. Default 128; the receive budget is twice that, and 124 are sent. */
  public int maxWindowSize() {
    return maxWindowSize;
  }

  /**
   * maxMessageSize, payload bytes per packet, 512 to 1812. Default 1812; never more than 1730 is
   * used with ElGamal lease sets.
   */
  public int maxMessageSize() {
    return maxMessageSize;
  }

  /** initialRTO. Default 3.5 s. */
  public Duration initialRto() {
    return Duration.ofMillis(initialRtoMillis);
  }

  /** initialAckDelay: longest ack delay. Default 100 ms. */
  public Duration initialAckDelay() {
    return Duration.ofMillis(initialAckDelayMillis);
  }

  /** connectTimeout; zero is unlimited. Default 60 s. */
  public Duration connectTimeout() {
    return Duration.ofMillis(connectTimeoutMillis);
  }

  /**
   * connectDelay: how long a SYN waits for data to carry, or for a flush; connecting does not wait
   * for the answer then. Zero sends at once. Default 0.
   */
  public Duration connectDelay() {
    return Duration.ofMillis(connectDelayMillis);
  }

  /** readTimeout: default of {@code setSoTimeout}; zero waits without limit. Default 0. */
  public Duration readTimeout() {
    return Duration.ofMillis(readTimeoutMillis);
  }

  /** writeTimeout: how long a write waits for room; zero waits without limit. Default 0. */
  public Duration writeTimeout() {
    return Duration.ofMillis(writeTimeoutMillis);
  }

  /** maxResends. Default 8. */
  public int maxResends() {
    return maxResends;
  }

  /** inactivityTimeout; zero is never. Default 90 s. */
  public Duration inactivityTimeout() {
    return Duration.ofMillis(inactivityTimeoutMillis);
  }

  /** inactivityAction. Default send. */
  public InactivityAction inactivityAction() {
    return inactivityAction;
  }

  /** answerPings. Default true. */
  public boolean answerPings() {
    return answerPings;
  }

  /** congestionAlgorithm. Default delay. */
  public CongestionAlgorithm congestionAlgorithm() {
    return congestionAlgorithm;
  }

  /** profile: what matters more, throughput or latency. Default bulk. */
  public StreamProfile profile() {
    return profile;
  }

  /** preset: defaults for a workload. Default none. */
  public StreamPreset preset() {
    return preset;
  }

  /** tcbcache.*: what new streams learn from earlier ones. */
  PathSharing pathSharing() {
    return pathSharing;
  }

  /** The same values as a connection wants them. */
  ConnectionConfig toConnectionConfig(boolean legacyLeaseSet) {
    int message =
        legacyLeaseSet ? Math.min(maxMessageSize, LARGEST_LEGACY_MESSAGE) : maxMessageSize;
    return new ConnectionConfig(
        initialWindowSize,
        maxWindowSize,
        message,
        initialRto().toNanos(),
        initialAckDelay().toNanos(),
        RESEND_DELAY_SECONDS,
        connectTimeout().toNanos(),
        connectDelay().toNanos(),
        maxResends,
        inactivityTimeout().toNanos(),
        inactivityAction,
        receiveBudgetBytes(message),
        congestionAlgorithm,
        profile);
  }

  /** Two windows: one that the application is reading while the next one is on its way. */
  private int receiveBudgetBytes(int messageSize) {
    return Math.max(SMALLEST_RECEIVE_BUDGET, 2 * maxWindowSize * messageSize);
  }

  @Override
  public String toString() {
    return "StreamingOptions" + values;
  }

  private static int window(OptionText text, int messageSize) {
    if (!text.isSize()) {
      return text.number(1, MAX_WINDOW);
    }
    long packets = text.bytes() / messageSize;
    if (packets < 1 || packets > MAX_WINDOW) {
      throw text.refused();
    }
    return (int) packets;
  }

  /** I2P documents numbers; names are for people. */
  private static InactivityAction action(OptionText text) {
    if (!text.isNumber()) {
      return text.constant(InactivityAction.class);
    }
    return switch (text.number(0, 2)) {
      case 0 -> InactivityAction.NONE;
      case 1 -> InactivityAction.DISCONNECT;
      default -> InactivityAction.SEND;
    };
  }

  /** I2P documents numbers; names are for people. */
  private static StreamProfile profile(OptionText text) {
    if (!text.isNumber()) {
      return text.constant(StreamProfile.class);
    }
    return text.number(1, 2) == 1 ? StreamProfile.BULK : StreamProfile.INTERACTIVE;
  }

  private Map<String, String> asText() {
    Map<String, String> map = new LinkedHashMap<>();
    for (StreamOption option : StreamOption.values()) {
      map.put(option.officialName, textOf(option));
    }
    return Collections.unmodifiableMap(map);
  }

  private String textOf(StreamOption option) {
    return switch (option) {
      case INITIAL_WINDOW_SIZE -> Integer.toString(initialWindowSize);
      case MAX_WINDOW_SIZE -> Integer.toString(maxWindowSize);
      case MAX_MESSAGE_SIZE -> Integer.toString(maxMessageSize);
      case INITIAL_RTO -> Long.toString(initialRtoMillis);
      case INITIAL_ACK_DELAY -> Long.toString(initialAckDelayMillis);
      case CONNECT_TIMEOUT -> Long.toString(connectTimeoutMillis);
      case CONNECT_DELAY -> Long.toString(connectDelayMillis);
      case READ_TIMEOUT -> Long.toString(readTimeoutMillis);
      case WRITE_TIMEOUT -> Long.toString(writeTimeoutMillis);
      case MAX_RESENDS -> Integer.toString(maxResends);
      case INACTIVITY_TIMEOUT -> Long.toString(inactivityTimeoutMillis);
      case INACTIVITY_ACTION -> inactivityAction.name().toLowerCase(Locale.ROOT);
      case ANSWER_PINGS -> Boolean.toString(answerPings);
      case CONGESTION_ALGORITHM -> congestionAlgorithm.name().toLowerCase(Locale.ROOT);
      case PROFILE -> profile.name().toLowerCase(Locale.ROOT);
      case PRESET -> preset.name().toLowerCase(Locale.ROOT);
      case TCBCACHE_ENABLED -> Boolean.toString(pathSharing.enabled());
      case TCBCACHE_RTT_DAMPENING -> Double.toString(pathSharing.rttDampening());
      case TCBCACHE_RTTDEV_DAMPENING -> Double.toString(pathSharing.varianceDampening());
      case TCBCACHE_WDW_DAMPENING -> Double.toString(pathSharing.windowDampening());
    };
  }

  /** Changes options. */
  public static final class Builder {
    private final Map<String, String> texts;

    private Builder(Map<String, String> texts) {
      this.texts = new LinkedHashMap<>(texts);
    }

    /**
     * Sets the option with this official name (any letter case, dashes ignored), from I2P's
     * spelling: numbers without a unit are milliseconds, packets or bytes as I2P documents them;
     * {@code 256KB} of a window is bytes, {@code 3s} is a duration.
     *
     * @throws IllegalArgumentException for an unknown name or a bad value; the message says what is
     *     allowed
     */
    public Builder set(String name, String value) {
      StreamOption option = StreamOption.of(name);
      String before = texts.put(option.officialName, value);
      try {
        check(option);
      } catch (IllegalArgumentException e) {
        restore(option, before);
        throw e;
      }
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if a window given in bytes is no allowed number of packets
     */
    public StreamingOptions build() {
      return new StreamingOptions(this);
    }

    private OptionText text(StreamOption option) {
      String text = texts.get(option.officialName);
      return option.text(text == null ? presetOptions().get(option.officialName) : text);
    }

    private Map<String, String> presetOptions() {
      String name =
          texts.getOrDefault(StreamOption.PRESET.officialName, StreamOption.PRESET.byDefault);
      for (StreamPreset preset : StreamPreset.values()) {
        if (preset.name().equalsIgnoreCase(name)) {
          return preset.options();
        }
      }
      return Map.of();
    }

    /** Reads the value once, so that a bad one is refused where it is given. */
    private void check(StreamOption option) {
      OptionText text = text(option);
      boolean window =
          option == StreamOption.INITIAL_WINDOW_SIZE || option == StreamOption.MAX_WINDOW_SIZE;
      if (window && text.isSize()) {
        // How many packets that is depends on maxMessageSize, which may still come.
        text.bytes();
        return;
      }
      new Builder(Map.of(option.officialName, text.value())).build();
    }

    private void restore(StreamOption option, @Nullable String before) {
      if (before == null) {
        texts.remove(option.officialName);
      } else {
        texts.put(option.officialName, before);
      }
    }
  }
}
