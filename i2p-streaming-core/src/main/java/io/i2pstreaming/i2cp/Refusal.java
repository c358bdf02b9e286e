package io.i2pstreaming.i2cp;

import java.util.Locale;

/**
 * Why a session ended, in words for the operator: one sentence that says what to change, and
 * whether trying again can help without a change. Knows the free texts of Java routers' Disconnect
 * and the bare codes of i2pd.
 */
record Refusal(String reason, boolean retryable) {
  private static final int MAX_TEXT = 120;

  static final Refusal NOT_I2CP =
      new Refusal(
          "What answers at this address does not speak I2CP: check the router's host and I2CP port"
              + " (usually 7654), and whether the router wants I2CP over TLS.",
          false);

  static final Refusal NO_DATE =
      new Refusal(
          "The router did not answer within 30 seconds: check that host and port are those of its"
              + " I2CP server.",
          true);

  static final Refusal NO_STATUS =
      new Refusal(
          "The router did not answer CreateSession within 30 seconds: it may be overloaded.", true);

  static final Refusal NO_LEASES =
      new Refusal(
          "The router built no tunnels within 5 minutes: check that it is connected to the network"
              + " and can build tunnels of the requested length and quantity.",
          true);

  static final Refusal DESTROYED =
      new Refusal("The router ended the session, probably because it shuts down.", true);

  static final Refusal LIMIT =
      new Refusal(
          "The router has no room for another session: close one, or raise its i2cp.maxSessions.",
          true);

  /** The connection ended without a word, in the phase before the router's first answer. */
  static Refusal closedBeforeDate(String cause) {
    return new Refusal(
        "The connection ended before the router answered ("
            + tidy(cause)
            + "): check that this is its I2CP port, that I2CP is enabled, and whether it wants TLS.",
        true);
  }

  /** The connection ended later. */
  static Refusal closed(String cause) {
    return new Refusal("The connection to the router ended: " + tidy(cause) + ".", true);
  }

  /** The router's bytes broke a rule of I2CP. */
  static Refusal malformed(MalformedFrameException broken) {
    String rule = broken.getMessage();
    return new Refusal(
        "The router sent bytes that are not I2CP: " + tidy(rule == null ? "unknown" : rule) + ".",
        true);
  }

  /** SessionStatus 3: i2pd's only word for a bad identity, signature or duplicate. */
  static Refusal invalidSession(boolean offlineKeys) {
    return offlineKeys
        ? new Refusal(
            "The router refused the session: i2pd accepts no keys with an offline signature, so use"
                + " other keys or a Java router.",
            false)
        : new Refusal(
            "The router refused the session: probably another client uses this destination; stop"
                + " it, or give this one its own key file.",
            true);
  }

  /** The router's API is older than this client's lease sets. */
  static Refusal tooOld(String version) {
    return new Refusal(
        "The router's I2CP version "
            + tidy(version)
            + " is older than 0.9.46: update it, or set i2cp.leaseSetType=1.",
        false);
  }

  /** The router's API is older than the ML-KEM hybrids that are asked for. */
  static Refusal noMlKem(String encryptionTypes, String version) {
    return new Refusal(
        "i2cp.leaseSetEncType="
            + encryptionTypes
            + " needs a router of I2CP version 0.9.67 or later, and this one says "
            + tidy(version)
            + ": update it, or use i2cp.leaseSetEncType=4.",
        false);
  }

  /** A Java router's Disconnect. */
  static Refusal disconnected(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    String said = " (router: " + tidy(text) + ").";
    if (lower.contains("duplicate destination")) {
      return new Refusal(
          "Another client of the router uses this destination: stop it, or give this one its own"
              + " key file"
              + said,
          true);
    }
    if (lower.contains("session limit") || lower.contains("max sessions")) {
      return LIMIT;
    }
    if (lower.contains("authoriz") || lower.contains("authentic")) {
      // Where the router repeats the user name, its text must not end in the log.
      return new Refusal(
          "The router wants a user name and a password, or other ones: check the credentials"
              + " (i2p.router.username and i2p.router.password)"
              + (lower.contains("user =") ? "." : said),
          false);
    }
    if (lower.contains("clock skew")) {
      return new Refusal("The router's clock jumped while the session was made" + said, true);
    }
    if (lower.contains("crypto type") || lower.contains("encryption type")) {
      return new Refusal(
          "The router does not know an encryption type of this session: check i2cp.leaseSetEncType"
              + " and the key file"
              + said,
          false);
    }
    if (lower.contains("offline signature")) {
      return new Refusal("The key file's offline signature has expired: renew it" + said, false);
    }
    if (lower.contains("signature type") || lower.contains("invalid signature")) {
      return new Refusal(
          "The router does not accept this destination's signature: use another key file" + said,
          false);
    }
    if (lower.contains("configuration")) {
      return new Refusal("The router does not accept the session options" + said, false);
    }
    return new Refusal("The router ended the session" + said, true);
  }

  /** Text of others, short and on one line, without its own full stop. */
  private static String tidy(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    if (line.isEmpty()) {
      return "no reason given";
    }
    String cut = line.length() > MAX_TEXT ? line.substring(0, MAX_TEXT) + "…" : line;
    return cut.endsWith(".") ? cut.substring(0, cut.length() - 1) : cut;
  }
}
