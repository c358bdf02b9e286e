package io.i2pstreaming.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How many streams a destination takes, under I2P's official names ({@code i2p.streaming.*}).
 * Immutable; a manager's limits are replaced as a whole. 0 is no limit; a limit of N lets N pass.
 *
 * <p>I2P streaming options, "maxConcurrentStreams" to "limitAction".
 */
public final class ConnectionLimits {
  /** No limit; refusals, should there be any, are RESETs. */
  public static final ConnectionLimits NONE = new ConnectionLimits(new int[7], "reset", false);

  /** Bytes that a text of one's own may have, which fits the packets of all peers we know. */
  private static final int MAX_TEXT = 1024;

  private static final String ACTION = "limitAction";
  private static final String SILENCE = "disableRejectLogging";
  private static final Set<String> WORDS = Set.of("reset", "drop", "http");
  private static final String[] NUMBERS = {
    "maxConcurrentStreams",
    "maxConnsPerMinute",
    "maxConnsPerHour",
    "maxConnsPerDay",
    "maxTotalConnsPerMinute",
    "maxTotalConnsPerHour",
    "maxTotalConnsPerDay"
  };
  private static final Set<String> NAMES = allNames();

  private final int[] numbers;
  private final String action;
  private final boolean rejectLoggingDisabled;

  private ConnectionLimits(int[] numbers, String action, boolean rejectLoggingDisabled) {
    this.numbers = numbers;
    this.action = action;
    this.rejectLoggingDisabled = rejectLoggingDisabled;
  }

  private static Set<String> allNames() {
    Set<String> names = new LinkedHashSet<>(Arrays.asList(NUMBERS));
    names.add(ACTION);
    names.add(SILENCE);
    return Collections.unmodifiableSet(names);
  }

  /** The official names, without the prefix {@code i2p.streaming.}, that {@link #with} takes. */
  public static Set<String> names() {
    return NAMES;
  }

  /**
   * The same limits but for one, by its official name (any letter case, dashes ignored).
   *
   * @throws IllegalArgumentException for an unknown name or a bad value; the message says what is
   *     allowed
   */
  public ConnectionLimits with(String name, String value) {
    String wanted = name.replace("-", "");
    String text = value.strip();
    for (int i = 0; i < NUMBERS.length; i++) {
      if (NUMBERS[i].equalsIgnoreCase(wanted)) {
        int[] changed = numbers.clone();
        changed[i] = number(NUMBERS[i], text);
        return new ConnectionLimits(changed, action, rejectLoggingDisabled);
      }
    }
    if (ACTION.equalsIgnoreCase(wanted)) {
      return new ConnectionLimits(numbers, actionOf(value), rejectLoggingDisabled);
    }
    if (SILENCE.equalsIgnoreCase(wanted)) {
      return new ConnectionLimits(numbers, action, bool(text));
    }
    throw new IllegalArgumentException(
        "i2p.streaming." + name + " is not a limit; use one of " + NAMES);
  }

  private static int number(String name, String text) {
    try {
      int number = Integer.parseInt(text);
      if (number >= -1) {
        return Math.max(0, number);
      }
    } catch (NumberFormatException notANumber) {
      // Refused below, like a number that means nothing.
    }
    throw new IllegalArgumentException(
        "i2p.streaming."
            + name
            + ": '"
            + text
            + "' is not allowed; use a whole number, 0 or -1 is no limit");
  }

  private static boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "i2p.streaming." + SILENCE + ": '" + text + "' is not allowed; use true or false");
    };
  }

  private static String actionOf(String text) {
    String word = text.isBlank() ? "reset" : text.strip().toLowerCase(Locale.ROOT);
    if (WORDS.contains(word)) {
      return word;
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_TEXT) {
      throw new IllegalArgumentException(
          "i2p.streaming." + ACTION + ": a text has at most " + MAX_TEXT + " bytes");
    }
    return text;
  }

  /** maxConcurrentStreams: open streams, dialled by either side. */
  public int maxConcurrentStreams() {
    return numbers[0];
  }

  /** The limit of one peer in one of the windows: 0 minute, 1 hour, 2 day. */
  int perPeer(int window) {
    return numbers[1 + window];
  }

  /** The limit of all peers together in one of the windows: 0 minute, 1 hour, 2 day. */
  int total(int window) {
    return numbers[4 + window];
  }

  /** limitAction: {@code reset}, {@code drop}, {@code http}, or a text to answer with. */
  public String limitAction() {
    return action;
  }

  /** disableRejectLogging: whether refusals are not logged. */
  public boolean rejectLoggingDisabled() {
    return rejectLoggingDisabled;
  }

  /** All values by official name, as text that {@link #with} reads back. */
  public Map<String, String> asMap() {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < NUMBERS.length; i++) {
      map.put(NUMBERS[i], Integer.toString(numbers[i]));
    }
    map.put(ACTION, action);
    map.put(SILENCE, Boolean.toString(rejectLoggingDisabled));
    return Collections.unmodifiableMap(map);
  }

  @Override
  public String toString() {
    return "ConnectionLimits" + asMap();
  }
}
