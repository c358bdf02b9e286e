package io.i2pstreaming;

import static io.i2pstreaming.OptionText.BOOL;
import static io.i2pstreaming.OptionText.DURATION;
import static io.i2pstreaming.OptionText.NO_LIMIT;
import static io.i2pstreaming.OptionText.SHARE;
import static io.i2pstreaming.StreamingOptions.LARGEST_MESSAGE;
import static io.i2pstreaming.StreamingOptions.MAX_WINDOW;
import static io.i2pstreaming.StreamingOptions.SMALLEST_MESSAGE;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An option of streams as text: its official name, what is allowed, and what it is when nobody
 * says. Looked up by {@link StreamingOptions}, which reads the values; never holds one that was
 * given.
 */
enum StreamOption {
  INITIAL_WINDOW_SIZE(
      "initialWindowSize", "packets (1 to " + MAX_WINDOW + ") or a size such as 10KB", "6"),
  MAX_WINDOW_SIZE(
      "maxWindowSize", "packets (1 to " + MAX_WINDOW + ") or a size such as 256KB", "128"),
  MAX_MESSAGE_SIZE(
      "maxMessageSize", "bytes from " + SMALLEST_MESSAGE + " to " + LARGEST_MESSAGE, "1812"),
  INITIAL_RTO("initialRTO", DURATION + "from 100ms to 45s", "3500"),
  INITIAL_ACK_DELAY("initialAckDelay", DURATION + "from 0 to 5s", "100"),
  CONNECT_TIMEOUT("connectTimeout", DURATION + "up to a day" + NO_LIMIT, "60000"),
  CONNECT_DELAY("connectDelay", DURATION + "up to 1m; 0 or -1 sends the SYN at once", "0"),
  READ_TIMEOUT("readTimeout", DURATION + "up to a day" + NO_LIMIT, "0"),
  WRITE_TIMEOUT("writeTimeout", DURATION + "up to a day" + NO_LIMIT, "0"),
  MAX_RESENDS("maxResends", "a number from 1 to 100", "8"),
  INACTIVITY_TIMEOUT("inactivityTimeout", DURATION + "up to a day" + NO_LIMIT, "90000"),
  INACTIVITY_ACTION("inactivityAction", "none, disconnect or send (or 0, 1, 2)", "send"),
  ANSWER_PINGS("answerPings", BOOL, "true"),
  CONGESTION_ALGORITHM("congestionAlgorithm", "delay or aimd", "delay"),
  PROFILE("profile", "bulk or interactive (or 1, 2)", "bulk"),
  PRESET("preset", "none, http, bulk or realtime", "none"),
  TCBCACHE_ENABLED("tcbcache.enabled", BOOL, "true"),
  TCBCACHE_RTT_DAMPENING("tcbcache.rttDampening", SHARE, "0.75"),
  TCBCACHE_RTTDEV_DAMPENING("tcbcache.rttdevDampening", SHARE, "0.75"),
  TCBCACHE_WDW_DAMPENING("tcbcache.wdwDampening", SHARE, "0.75");

  private static final Set<String> NAMES = officialNames();

  /** Without the prefix {@code i2p.streaming.}. */
  final String officialName;

  final String allowed;
  final String byDefault;

  StreamOption(String officialName, String allowed, String byDefault) {
    this.officialName = officialName;
    this.allowed = allowed;
    this.byDefault = byDefault;
  }

  /** All official names, in the order of the options. */
  static Set<String> names() {
    return NAMES;
  }

  /**
   * The option with this official name, in any letter case and with dashes anywhere.
   *
   * @throws IllegalArgumentException when there is none; the message names all
   */
  static StreamOption of(String name) {
    String wanted = name.replace("-", "");
    for (StreamOption option : values()) {
      if (option.officialName.equalsIgnoreCase(wanted)) {
        return option;
      }
    }
    throw new IllegalArgumentException(
        "i2p.streaming." + name + " is not an option here; use one of " + NAMES);
  }

  /** A value of this option as it was given, or its default. */
  OptionText text(@Nullable String given) {
    return new OptionText(officialName, given == null ? byDefault : given, allowed);
  }

  private static Set<String> officialNames() {
    Set<String> names = new LinkedHashSet<>();
    for (StreamOption option : values()) {
      names.add(option.officialName);
    }
    return Collections.unmodifiableSet(names);
  }
}
