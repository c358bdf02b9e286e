package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.StreamManagerBuilder;
import io.i2pstreaming.endpoint.AccessList;
import io.i2pstreaming.endpoint.ConnectionLimits;
import io.i2pstreaming.spring.I2PConfigurationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * Reads whom to let in, under I2P's names: the limits and the blacklist among {@code
 * i2p.streaming.*}, and the access list as {@code i2cp.*} or below {@code i2p.session.options}.
 * Never shows an entry of a list.
 */
final class AdmissionReader {
  /** The names of the access list, which I2P documents as session options. */
  static final List<String> ACCESS =
      List.of("i2cp.accessList", "i2cp.enableAccessList", "i2cp.enableBlackList");

  static final String BLACKLIST = StreamingOptionsReader.PREFIX + ".blacklist";
  static final String DSA_LIST = StreamingOptionsReader.PREFIX + ".dsalist";

  private static final Logger log = LoggerFactory.getLogger(AdmissionReader.class);
  private static final String LIST = ACCESS.get(0);

  private AdmissionReader() {}

  /**
   * Gives a builder the session options and what they and other properties say about admission.
   *
   * @throws I2PConfigurationException if a value is wrong, or two contradict each other
   */
  static void apply(ConfigurableEnvironment environment, StreamManagerBuilder builder) {
    builder.limits(limits(environment));
    OfficialProperty blacklist = OfficialProperty.findList(environment, BLACKLIST);
    if (blacklist != null) {
      try {
        builder.blacklist(blacklist.value());
      } catch (IllegalArgumentException e) {
        throw blacklist.refusedInSecret(e);
      }
    }
    Map<String, String> options = SessionOptionsReader.read(environment);
    Map<String, String> access = access(environment, options);
    AccessList list;
    try {
      list = AccessList.ofSessionOptions(access);
    } catch (IllegalArgumentException e) {
      throw new I2PConfigurationException(
          "The access list, "
              + String.join(", ", ACCESS)
              + ", cannot be used: "
              + e.getMessage()
              + ".",
          "Correct these properties, which may also stand below 'i2p.session.options'.",
          e);
    }
    if (list != null) {
      builder.accessList(list);
    }
    options.keySet().removeIf(name -> !officialAccessName(name).isEmpty());
    builder.sessionOptions(options);
  }

  /** Says once what is accepted and does nothing. */
  static void logWithoutEffect(ConfigurableEnvironment environment) {
    if (OfficialProperty.findList(environment, DSA_LIST) != null) {
      log.info(
          "The property '{}' is accepted and changes nothing: it names peers to be reached through"
              + " a DSA subsession, and this library opens none. Peers with DSA keys are reached"
              + " like all others.",
          DSA_LIST);
    }
    Map<String, String> access = access(environment, SessionOptionsReader.read(environment));
    boolean on =
        ACCESS.subList(1, 3).stream()
            .anyMatch(name -> !access.getOrDefault(name, "false").equalsIgnoreCase("false"));
    if (access.containsKey(LIST) && !on) {
      log.warn(
          "The property '{}' has no effect, everybody may connect: say {}=true (only those) or"
              + " {}=true (all but those).",
          LIST,
          ACCESS.get(1),
          ACCESS.get(2));
    }
  }

  private static ConnectionLimits limits(Environment environment) {
    ConnectionLimits limits = ConnectionLimits.NONE;
    for (String name : ConnectionLimits.names()) {
      OfficialProperty property =
          OfficialProperty.find(environment, StreamingOptionsReader.PREFIX + "." + name);
      if (property != null) {
        try {
          limits = limits.with(name, property.value());
        } catch (IllegalArgumentException e) {
          throw property.refused(e);
        }
      }
    }
    return limits;
  }

  /** The access list's properties by official name, wherever they are written. */
  private static Map<String, String> access(
      Environment environment, Map<String, String> sessionOptions) {
    Map<String, String> access = new LinkedHashMap<>();
    // Sorted, for the entries of a YAML list, which are options called accessList[0] and so on.
    new TreeMap<>(sessionOptions)
        .forEach(
            (name, value) -> {
              String official = officialAccessName(name);
              if (!official.isEmpty() && !value.isBlank()) {
                access.merge(official, value, (before, more) -> before + "," + more);
              }
            });
    for (String name : ACCESS) {
      OfficialProperty property =
          name.equals(LIST)
              ? OfficialProperty.findList(environment, name)
              : OfficialProperty.find(environment, name);
      if (property != null) {
        String value = property.value().trim();
        String other = access.put(name, value);
        if (other != null && !other.equals(value)) {
          throw new I2PConfigurationException(
              "The property '"
                  + name
                  + "' is given twice, by itself and below '"
                  + SessionOptionsReader.PREFIX
                  + "', with different values.",
              "Remove one of them.");
        }
      }
    }
    return access;
  }

  /** Which of {@link #ACCESS} this session option is, however it is spelt; empty if none. */
  private static String officialAccessName(String option) {
    String name = option.replaceAll("\\[\\d+]$", "").replaceAll("[-_]", "");
    for (String official : ACCESS) {
      if (official.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
        return official;
      }
    }
    return "";
  }
}
