package io.i2pstreaming;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads option values as people write them: plain numbers, durations ({@code 500}, {@code 3s},
 * {@code PT3S}) and sizes ({@code 256KB}). Used by {@link StreamingOptions}. Every refusal names
 * the option, the value and what is allowed.
 */
final class OptionText {
  /** How {@link #millis} is written, before its bounds. */
  static final String DURATION = "milliseconds or a duration such as 500ms, 3s or PT3S, ";

  /** What the bounds of {@link #millis} end with where it may be unlimited. */
  static final String NO_LIMIT = "; 0 or -1 is no limit";

  /** How {@link #share} is written. */
  static final String SHARE = "a number from 0 to 1";

  /** How {@link #bool} is written. */
  static final String BOOL = "true or false";

  private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([+-]?\\d{1,18})\\s*([a-zµ]*)");

  private final String name;
  private final String value;
  private final String allowed;

  OptionText(String name, String value, String allowed) {
    this.name = name;
    this.value = value.strip();
    this.allowed = allowed;
  }

  /** The value as given, without surrounding space. */
  String value() {
    return value;
  }

  IllegalArgumentException refused() {
    return new IllegalArgumentException(
        "i2p.streaming." + name + ": '" + value + "' is not allowed; use " + allowed);
  }

  /** A whole number from {@code lowest} to {@code highest}. */
  int number(int lowest, int highest) {
    Matcher matcher = match();
    if (!matcher.group(2).isEmpty()) {
      throw refused();
    }
    return (int) checked(parse(matcher), lowest, highest);
  }

  /** Whether the value is digits only. */
  boolean isNumber() {
    return !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** Whether the value has a unit of bytes, so is a size and not a count. */
  boolean isSize() {
    Matcher matcher = NUMBER_AND_UNIT.matcher(value.toLowerCase(Locale.ROOT));
    return matcher.matches() && bytesPerUnit(matcher.group(2)) > 0;
  }

  /** A size in bytes, with its unit. */
  long bytes() {
    Matcher matcher = match();
    long unit = bytesPerUnit(matcher.group(2));
    long count = parse(matcher);
    if (unit == 0 || count < 1 || count > Integer.MAX_VALUE) {
      throw refused();
    }
    return count * unit;
  }

  /**
   * A duration in milliseconds. A number without unit is milliseconds; −1, as I2P writes "no
   * limit", is zero where {@code minusOneIsZero}.
   */
  long millis(long lowest, long highest, boolean minusOneIsZero) {
    long millis =
        value.toLowerCase(Locale.ROOT).startsWith("p") ? isoMillis() : numberAndUnitMillis();
    if (millis == -1 && minusOneIsZero) {
      return 0;
    }
    return checked(millis, lowest, highest);
  }

  private long isoMillis() {
    try {
      Duration duration = Duration.parse(value);
      long millis = duration.toMillis();
      if (!Duration.ofMillis(millis).equals(duration)) {
        throw refused();
      }
      return millis;
    } catch (DateTimeParseException | ArithmeticException e) {
      throw refused();
    }
  }

  private long numberAndUnitMillis() {
    Matcher matcher = match();
    long unit =
        switch (matcher.group(2)) {
          case "", "ms" -> 1L;
          case "s" -> 1_000L;
          case "m" -> 60_000L;
          case "h" -> 3_600_000L;
          case "d" -> 86_400_000L;
          default -> throw refused();
        };
    try {
      return Math.multiplyExact(parse(matcher), unit);
    } catch (ArithmeticException e) {
      throw refused();
    }
  }

  /** A number from 0 to 1. */
  double share() {
    try {
      double share = Double.parseDouble(value);
      if (share >= 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      throw refused();
    }
    throw refused();
  }

  boolean bool() {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refused();
    };
  }

  /** The constant whose name this is, in any case. */
  <E extends Enum<E>> E constant(Class<E> type) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(value)) {
        return constant;
      }
    }
    throw refused();
  }

  private Matcher match() {
    Matcher matcher = NUMBER_AND_UNIT.matcher(value.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw refused();
    }
    return matcher;
  }

  private static long parse(Matcher matcher) {
    return Long.parseLong(matcher.group(1));
  }

  private long checked(long number, long lowest, long highest) {
    if (number < lowest || number > highest) {
      throw refused();
    }
    return number;
  }

  private static long bytesPerUnit(String unit) {
    return switch (unit) {
      case "b" -> 1L;
      case "kb", "k", "kib" -> 1024L;
      case "mb", "m", "mib" -> 1024L * 1024;
      default -> 0L;
    };
  }
}
