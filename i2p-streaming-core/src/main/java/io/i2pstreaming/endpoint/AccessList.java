package io.i2pstreaming.endpoint;

import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.Hash;
import io.i2pstreaming.identity.I2PEncoding;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which peers may open streams to us and ping us. Immutable; a manager's list is replaced as a
 * whole. Whom it refuses hears nothing at all. Says whom it names only when asked for that.
 *
 * <p>I2CP overview, {@code i2cp.accessList}, {@code i2cp.enableAccessList}, {@code
 * i2cp.enableBlackList}.
 */
public final class AccessList {
  /** Entries that a list may have. */
  public static final int MAX_ENTRIES = 65_536;

  /** Everybody may. */
  public static final AccessList OFF = new AccessList(Mode.OFF, Set.of());

  private static final String LIST = "i2cp.accessList";
  private static final String ALLOWED = "i2cp.enableAccessList";
  private static final String DENIED = "i2cp.enableBlackList";
  private static final String SUFFIX = ".b32.i2p";
  private static final int BASE32_HASH = 52;

  /** What the entries mean. */
  public enum Mode {
    /** Nothing. */
    OFF,
    /** Only these may. */
    ALLOW,
    /** These may not. */
    DENY
  }

  private final Mode mode;
  private final Set<Hash> entries;

  private AccessList(Mode mode, Set<Hash> entries) {
    this.mode = mode;
    this.entries = entries;
  }

  /**
   * Only these may; with no entries nobody may. Entries are separated by comma, semicolon or white
   * space: base32 names, hashes in Base64, or whole destinations in Base64.
   *
   * @throws IllegalArgumentException says which entry is wrong, by its place and not by its text
   */
  public static AccessList allow(String entries) {
    return new AccessList(Mode.ALLOW, parse(entries));
  }

  /** These may not; entries as for {@link #allow}. */
  public static AccessList deny(String entries) {
    return new AccessList(Mode.DENY, parse(entries));
  }

  /**
   * The list that I2CP session options describe, or null when they describe none.
   *
   * @throws IllegalArgumentException when they contradict each other; the message names no entry
   */
  public static @Nullable AccessList ofSessionOptions(Map<String, String> options) {
    String entries = null;
    boolean allowed = false;
    boolean denied = false;
    for (Map.Entry<String, String> option : options.entrySet()) {
      if (option.getKey().equalsIgnoreCase(LIST)) {
        entries = option.getValue();
      } else if (option.getKey().equalsIgnoreCase(ALLOWED)) {
        allowed = bool(ALLOWED, option.getValue());
      } else if (option.getKey().equalsIgnoreCase(DENIED)) {
        denied = bool(DENIED, option.getValue());
      }
    }
    if (!allowed && !denied) {
      return null;
    }
    if (allowed && denied) {
      throw new IllegalArgumentException(
          ALLOWED + " and " + DENIED + " are both true, which would refuse everybody; set one");
    }
    AccessList list = allowed ? allow(or(entries)) : deny(or(entries));
    if (list.size() == 0) {
      throw new IllegalArgumentException(
          (allowed ? ALLOWED : DENIED) + " is true, but " + LIST + " has no entries");
    }
    return list;
  }

  private static String or(@Nullable String entries) {
    return entries == null ? "" : entries;
  }

  private static boolean bool(String name, String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "", "false" -> false;
      default -> throw new IllegalArgumentException(name + " is neither true nor false");
    };
  }

  /**
   * Reads entries separated by comma, semicolon or white space: base32 names, hashes in Base64, or
   * whole destinations in Base64.
   *
   * @throws IllegalArgumentException says which entry is wrong, by its place and not by its text
   */
  private static Set<Hash> parse(String text) {
    Set<Hash> hashes = new LinkedHashSet<>();
    int place = 0;
    for (String entry : text.split("[,;\\s]+")) {
      if (entry.isEmpty()) {
        continue;
      }
      place++;
      if (place > MAX_ENTRIES) {
        throw new IllegalArgumentException(
            "an access list has at most " + MAX_ENTRIES + " entries");
      }
      hashes.add(hash(entry, place));
    }
    return Collections.unmodifiableSet(hashes);
  }

  private static Hash hash(String entry, int place) {
    try {
      if (entry.toLowerCase(Locale.ROOT).endsWith(SUFFIX)) {
        String name = entry.substring(0, entry.length() - SUFFIX.length());
        if (name.length() == BASE32_HASH) {
          return Hash.wrap(I2PEncoding.fromBase32(name), 0);
        }
      } else if (entry.indexOf('.') < 0) {
        byte[] bytes = I2PEncoding.fromBase64(entry);
        if (bytes.length == Hash.LENGTH) {
          return Hash.wrap(bytes, 0);
        }
        return Destination.fromBase64(entry).hash();
      }
    } catch (IllegalArgumentException malformed) {
      // Its message may quote the entry, and says no more than ours.
    }
    throw new IllegalArgumentException(
        "entry "
            + place
            + " of an access list is neither a base32 name (52 characters and .b32.i2p) nor a hash"
            + " or a destination in I2P's Base64; other host names are not looked up");
  }

  /** The same entries, with another meaning. */
  public AccessList with(Mode meaning) {
    return new AccessList(meaning, entries);
  }

  /**
   * The same list with further entries, in the forms of a session option.
   *
   * @throws IllegalArgumentException says which entry is wrong, by its place and not by its text
   */
  public AccessList with(String further) {
    Set<Hash> more = new LinkedHashSet<>(entries);
    more.addAll(parse(further));
    if (more.size() > MAX_ENTRIES) {
      throw new IllegalArgumentException("an access list has at most " + MAX_ENTRIES + " entries");
    }
    return new AccessList(mode, Collections.unmodifiableSet(more));
  }

  /**
   * The same list without some entries; those that it does not have are ignored.
   *
   * @throws IllegalArgumentException says which entry is wrong, by its place and not by its text
   */
  public AccessList without(String some) {
    Set<Hash> less = new LinkedHashSet<>(entries);
    less.removeAll(parse(some));
    return new AccessList(mode, Collections.unmodifiableSet(less));
  }

  /** What the entries mean. */
  public Mode mode() {
    return mode;
  }

  /** How many entries there are. */
  public int size() {
    return entries.size();
  }

  /** The entries as base32 names: for whoever may change them, never for a log. */
  public List<String> base32Names() {
    return entries.stream().map(Hash::base32).toList();
  }

  /** Whether this peer may not. */
  public boolean refuses(Hash peer) {
    return switch (mode) {
      case OFF -> false;
      case ALLOW -> !entries.contains(peer);
      case DENY -> entries.contains(peer);
    };
  }

  @Override
  public String toString() {
    return "AccessList[" + mode + ", " + entries.size() + " entries]";
  }
}
