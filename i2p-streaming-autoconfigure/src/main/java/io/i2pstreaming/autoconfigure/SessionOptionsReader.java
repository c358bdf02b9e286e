package io.i2pstreaming.autoconfigure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Reads {@code i2p.session.options.*}, whose names go to the router exactly as written: I2P's names
 * are case-sensitive, and Boot's map binding would drop or change characters.
 *
 * <p>An environment variable has no letter case and no dots. It gets the spelling of the same
 * option elsewhere in the configuration, or else I2P's own, or else lower case.
 */
final class SessionOptionsReader {
  static final String PREFIX = "i2p.session.options";

  /** I2P's options with upper-case letters, which an environment variable cannot spell. */
  private static final List<String> MIXED_CASE_NAMES = mixedCaseNames();

  /** What a property's name begins with. */
  private final Pattern prefix;

  private final String variablePrefix;

  /** Our spelling of an option by what all its spellings have in common. */
  private final Map<String, String> spellings = new LinkedHashMap<>();

  private SessionOptionsReader(String manager, Set<String> spelt) {
    String between = manager.isEmpty() ? "" : "managers\\." + relaxed(manager) + "\\.";
    prefix = Pattern.compile("(?i)i2p\\." + between + "session\\.options(?=[.\\[])");
    variablePrefix =
        (manager.isEmpty() ? "I2P_" : "I2P_MANAGERS_" + uniform(manager) + "_")
                .toUpperCase(Locale.ROOT)
            + "SESSION_OPTIONS_";
    MIXED_CASE_NAMES.forEach(name -> spellings.put(uniform(name), name));
    spelt.forEach(name -> spellings.put(uniform(name), name));
  }

  /** Matches a name however its dashes and underscores are written. */
  private static String relaxed(String manager) {
    StringBuilder pattern = new StringBuilder();
    for (char letter : uniform(manager).toCharArray()) {
      pattern.append(letter).append("[-_]*");
    }
    return pattern.toString();
  }

  /** Options by name; a manager's own win, and then the source with higher precedence. */
  static Map<String, String> read(PropertyScope scope) {
    Map<String, String> options = new LinkedHashMap<>();
    for (PropertyScope level : scope.levels()) {
      Map<String, String> more =
          new SessionOptionsReader(level.manager(), options.keySet()).read(scope.environment());
      Set<String> replaced = new HashSet<>();
      more.keySet().forEach(name -> replaced.add(uniform(name)));
      options.keySet().removeIf(name -> replaced.contains(uniform(name)));
      options.putAll(more);
    }
    return options;
  }

  private Map<String, String> read(ConfigurableEnvironment environment) {
    Set<String> propertyNames = new TreeSet<>();
    Map<String, String> variables = new LinkedHashMap<>();
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (!ConfigurationPropertySources.isAttachedConfigurationPropertySource(source)
          && source instanceof EnumerablePropertySource<?> enumerable) {
        collect(enumerable, propertyNames, variables);
      }
    }
    propertyNames.forEach(name -> spellings.put(uniform(optionName(name)), optionName(name)));

    Map<String, String> options = new LinkedHashMap<>();
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (ConfigurationPropertySources.isAttachedConfigurationPropertySource(source)) {
        continue;
      }
      boolean ofVariables = source instanceof SystemEnvironmentPropertySource;
      for (String name : ofVariables ? variables.keySet() : propertyNames) {
        Object value = source.getProperty(name);
        if (value != null) {
          String option =
              ofVariables
                  ? spellings.getOrDefault(
                      uniform(name.substring(variablePrefix.length())), variables.get(name))
                  : optionName(name);
          options.putIfAbsent(option, environment.resolvePlaceholders(value.toString()).trim());
        }
      }
    }
    return options;
  }

  private void collect(
      EnumerablePropertySource<?> source,
      Set<String> propertyNames,
      Map<String, String> variables) {
    for (String name : source.getPropertyNames()) {
      if (source instanceof SystemEnvironmentPropertySource
          && name.toUpperCase(Locale.ROOT).startsWith(variablePrefix)
          && name.length() > variablePrefix.length()) {
        String option = name.substring(variablePrefix.length());
        variables.put(name, option.toLowerCase(Locale.ROOT).replace('_', '.'));
      } else if (!optionName(name).isEmpty()) {
        propertyNames.add(name);
      }
    }
  }

  /** What follows the prefix, without the brackets of Boot's map notation; else empty. */
  private String optionName(String propertyName) {
    Matcher matcher = prefix.matcher(propertyName);
    if (!matcher.lookingAt()) {
      return "";
    }
    String rest = propertyName.substring(matcher.end());
    if (rest.startsWith(".")) {
      rest = rest.substring(1);
    }
    return rest.startsWith("[") && rest.endsWith("]") ? rest.substring(1, rest.length() - 1) : rest;
  }

  private static String uniform(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  private static List<String> mixedCaseNames() {
    List<String> names = new ArrayList<>();
    for (String direction : List.of("inbound", "outbound")) {
      for (String option :
          List.of(
              "lengthVariance", "backupQuantity", "allowZeroHop", "IPRestriction", "randomKey")) {
        names.add(direction + "." + option);
      }
    }
    names.addAll(
        List.of(
            "explicitPeers",
            "shouldBundleReplyInfo",
            "clientMessageTimeout",
            "crypto.tagsToSend",
            "crypto.lowTagThreshold",
            "crypto.ratchet.inboundTags",
            "crypto.ratchet.outboundTags",
            "i2cp.messageReliability",
            "i2cp.fastReceive",
            "i2cp.leaseSetType",
            "i2cp.leaseSetEncType",
            "i2cp.leaseSetAuthType",
            "i2cp.leaseSetSecret",
            "i2cp.leaseSetPrivKey",
            "i2cp.leaseSetBlindedType",
            "i2cp.dontPublishLeaseSet",
            "i2cp.reduceOnIdle",
            "i2cp.reduceIdleTime",
            "i2cp.reduceQuantity",
            "i2cp.closeOnIdle",
            "i2cp.closeIdleTime",
            "i2cp.outboundBytesPerSecond",
            "i2cp.accessList",
            "i2cp.enableAccessList",
            "i2cp.enableBlackList",
            "i2cp.destination.sigType",
            "i2cp.SSL"));
    return names;
  }
}
