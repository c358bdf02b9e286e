package io.i2pstreaming.autoconfigure;

import java.math.BigDecimal;

/** A probability, written as {@code 0.05} or as {@code 5%}. */
public record Probability(double value) {
  /** Never. */
  public static final Probability ZERO = new Probability(0);

  /** Accepts 0 to 1. */
  public Probability {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "a probability is 0 to 1, or 0% to 100%, and not " + value);
    }
  }

  /** Reads both spellings. */
  public static Probability valueOf(String text) {
    String number = text.trim();
    boolean percent = number.endsWith("%");
    if (percent) {
      number = number.substring(0, number.length() - 1).trim();
    }
    BigDecimal value;
    try {
      value = new BigDecimal(number);
    } catch (NumberFormatException e) {
      // Without the cause, which Boot's failure analysis would show in place of this text.
      throw new IllegalArgumentException(
          "a probability is written as 0.05 or as 5%, and not as " + text);
    }
    return new Probability((percent ? value.movePointLeft(2) : value).doubleValue());
  }
}
