package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.endpoint.AccessList;
import io.i2pstreaming.spring.I2PConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the access list: {@code i2p.access-list.*}, or I2P's own names for it, which may stand by
 * themselves ({@code i2cp.accessList}) or below {@code i2p.session.options}. Never shows an entry.
 */
final class AccessListReader {
  /** The names of the access list, which I2P documents as session options. */
  static final List<String> OFFICIAL =
      List.of("i2cp.accessList", "i2cp.enableAccessList", "i2cp.enableBlackList");

  static final String MODE = "i2p.access-list.mode";
  static final String ENTRIES = "i2p.access-list.entries";
  static final String FILE = "i2p.access-list.file";

  private static final Logger log = LoggerFactory.getLogger(AccessListReader.class);
  private static final String LIST = OFFICIAL.get(0);
  private static final String ALLOWED = OFFICIAL.get(1);
  private static final String DENIED = OFFICIAL.get(2);

  /** Ample for the entries that a list may have. */
  private static final long MAX_FILE_BYTES = 64L << 20;

  private AccessListReader() {}

  /**
   * What one level of the properties says; what it does not say is null.
   *
   * @param entriesName the property with the entries, for messages
   * @param fileName the same for the file
   */
  private record Said(
      AccessList.@Nullable Mode mode,
      @Nullable String entries,
      String entriesName,
      @Nullable String file,
      String fileName) {
    Said over(Said other) {
      return new Said(
          mode == null ? other.mode : mode,
          entries == null ? other.entries : entries,
          entries == null ? other.entriesName : entriesName,
          file == null ? other.file : file,
          file == null ? other.fileName : fileName);
    }
  }

  /**
   * The access list of a manager; off when nothing is said.
   *
   * @throws I2PConfigurationException if a value is wrong, or two contradict each other
   */
  static AccessList read(PropertyScope scope) {
    Said said = said(scope);
    if (said.mode == null || said.mode == AccessList.Mode.OFF) {
      return AccessList.OFF;
    }
    StringBuilder entries = new StringBuilder();
    if (said.entries != null) {
      require("'" + said.entriesName + "'", said.entries);
      entries.append(said.entries);
    }
    if (said.file != null) {
      String content = content(said.fileName, said.file);
      require("the file of '" + said.fileName + "', " + said.file + ",", content);
      entries.append('\n').append(content);
    }
    if (said.file == null && entries.toString().isBlank()) {
      throw new I2PConfigurationException(
          "The access list is switched on ("
              + (said.mode == AccessList.Mode.ALLOW ? "only those" : "all but those")
              + "), but "
              + said.entriesName
              + " has no entries.",
          "Write the peers there, or name a file with '" + FILE + "', or switch the list off.");
    }
    return said.mode == AccessList.Mode.ALLOW
        ? AccessList.allow(entries.toString())
        : AccessList.deny(entries.toString());
  }

  /** Says when there is a list and nobody said what it is for. */
  static void logWithoutEffect(PropertyScope scope) {
    Said said = said(scope);
    if (said.mode == null && (said.entries != null || said.file != null)) {
      log.warn(
          "The property '{}' has no effect, everybody may connect: say {}=allow (only those) or"
              + " {}=deny (all but those); or, with I2P's names, {}=true or {}=true.",
          said.entries == null ? said.fileName : said.entriesName,
          MODE,
          MODE,
          ALLOWED,
          DENIED);
    }
  }

  /** Whether this session option belongs to the access list, however it is spelt. */
  static boolean isOfficial(String option) {
    return !officialName(option).isEmpty();
  }

  private static Said said(PropertyScope scope) {
    Said said = new Said(null, null, LIST, null, FILE);
    for (PropertyScope level : scope.levels()) {
      said = saidAt(level).over(said);
    }
    return said;
  }

  private static Said saidAt(PropertyScope level) {
    Map<String, String> official = official(level);
    OfficialProperty mode = OfficialProperty.find(level, MODE);
    OfficialProperty entries = OfficialProperty.findList(level, ENTRIES);
    OfficialProperty file = OfficialProperty.find(level, FILE);
    String others = official.get(LIST);
    if (mode != null && (official.containsKey(ALLOWED) || official.containsKey(DENIED))) {
      throw twice(mode.name(), level.written(ALLOWED) + "' or '" + level.written(DENIED));
    }
    if (entries != null && others != null) {
      throw twice(entries.name(), level.written(LIST));
    }
    return new Said(
        mode == null ? mode(level, official) : mode(mode),
        entries == null ? others : entries.value(),
        entries == null ? level.written(LIST) : entries.name(),
        file == null ? null : file.value().strip(),
        level.written(FILE));
  }

  private static I2PConfigurationException twice(String name, String other) {
    return new I2PConfigurationException(
        "The access list is given twice: by '" + name + "' and by '" + other + "'.",
        "Remove one of them.");
  }

  private static AccessList.Mode mode(OfficialProperty mode) {
    return switch (mode.value().strip().toLowerCase(Locale.ROOT)) {
      case "none" -> AccessList.Mode.OFF;
      case "allow" -> AccessList.Mode.ALLOW;
      case "deny" -> AccessList.Mode.DENY;
      default ->
          throw mode.refused(
              "use allow (only those), deny (all but those) or none (everybody may connect)");
    };
  }

  private static AccessList.@Nullable Mode mode(PropertyScope level, Map<String, String> official) {
    boolean allowed = bool(level, ALLOWED, official);
    boolean denied = bool(level, DENIED, official);
    if (allowed && denied) {
      throw new I2PConfigurationException(
          "The properties '"
              + level.written(ALLOWED)
              + "' and '"
              + level.written(DENIED)
              + "' are both true, which would refuse everybody.",
          "Set one of them to true.");
    }
    if (allowed || denied) {
      return allowed ? AccessList.Mode.ALLOW : AccessList.Mode.DENY;
    }
    boolean said = official.containsKey(ALLOWED) || official.containsKey(DENIED);
    return said ? AccessList.Mode.OFF : null;
  }

  private static boolean bool(PropertyScope level, String name, Map<String, String> official) {
    return switch (official.getOrDefault(name, "").toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "", "false" -> false;
      default ->
          throw new I2PConfigurationException(
              "The property "
                  + level.written(name)
                  + " is neither true nor false, but '"
                  + official.get(name)
                  + "'.",
              "Write true or false.");
    };
  }

  /** The access list's properties by official name, wherever they are written at this level. */
  private static Map<String, String> official(PropertyScope level) {
    Map<String, String> official = new LinkedHashMap<>();
    // Sorted, for the entries of a YAML list, which are options called accessList[0] and so on.
    new TreeMap<>(SessionOptionsReader.read(level))
        .forEach(
            (name, value) -> {
              String known = officialName(name);
              if (!known.isEmpty() && !value.isBlank()) {
                official.merge(known, value, (before, more) -> before + "," + more);
              }
            });
    for (String name : OFFICIAL) {
      OfficialProperty property =
          name.equals(LIST)
              ? OfficialProperty.findList(level, name)
              : OfficialProperty.find(level, name);
      if (property != null) {
        String value = property.value().trim();
        String other = official.put(name, value);
        if (other != null && !other.equals(value)) {
          throw new I2PConfigurationException(
              "The property '"
                  + property.name()
                  + "' is given twice, by itself and below '"
                  + level.written(SessionOptionsReader.PREFIX)
                  + "', with different values.",
              "Remove one of them.");
        }
      }
    }
    return official;
  }

  /** Which official property this session option is, however it is spelt; empty if none. */
  private static String officialName(String option) {
    String name = option.replaceAll("\\[\\d+]$", "").replaceAll("[-_]", "");
    for (String official : OFFICIAL) {
      if (official.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
        return official;
      }
    }
    return "";
  }

  /** The entries of a file: as in a property, over any number of lines, with comments behind #. */
  private static String content(String property, String name) {
    try {
      Path file = Path.of(name);
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new IOException("it has more than 64 MiB");
      }
      return Files.readAllLines(file).stream()
          .map(line -> line.replaceAll("#.*", ""))
          .collect(Collectors.joining("\n"));
    } catch (IOException | InvalidPathException e) {
      throw new I2PConfigurationException(
          "The file of '" + property + "', " + name + ", cannot be read: " + FileFault.of(e) + ".",
          "Name a text file with the peers' base32 names, which this application may read.",
          e);
    }
  }

  private static void require(String place, String entries) {
    try {
      AccessList unused = AccessList.deny(entries);
    } catch (IllegalArgumentException e) {
      throw new I2PConfigurationException(
          "The access list in " + place + " cannot be used: " + e.getMessage() + ".",
          "Correct the entry, or remove it.",
          e);
    }
  }
}
