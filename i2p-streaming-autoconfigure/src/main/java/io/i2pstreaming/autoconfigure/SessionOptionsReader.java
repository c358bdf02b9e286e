package io.i2pstreaming.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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

  private static final String VARIABLE_PREFIX = "I2P_SESSION_OPTIONS_";

  /** I2P's options with upper-case letters, which an environment variable cannot spell. */
  private static final List<String> MIXED_CASE_NAMES = mixedCaseNames();

  private SessionOptionsReader() {}

  /** Options by name; a source with higher precedence wins. */
  static Map<String, String> read(ConfigurableEnvironment environment) {
    Map<String, String> spellings = new LinkedHashMap<>();
    MIXED_CASE_NAMES.forEach(name -> spellings.put(uniform(name), name));
    Set<String> propertyNames = new TreeSet<>();
    Map<String, String> variables = new LinkedHashMap<>();
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (ConfigurationPropertySources.isAttachedConfigurationPropertySource(source)) {
        continue;
      }
      if (source instanceof EnumerablePropertySource<?> enumerable) {
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
                      uniform(name.substring(VARIABLE_PREFIX.length())), variables.get(name))
                  : optionName(name);
          options.putIfAbsent(option, environment.resolvePlaceholders(value.toString()).trim());
        }
      }
    }
    return options;
  }

  private static void collect(
      EnumerablePropertySource<?> source,
      Set<String> propertyNames,
      Map<String, String> variables) {
    for (String name : source.getPropertyNames()) {
      if (source instanceof SystemEnvironmentPropertySource
          && name.toUpperCase(Locale.ROOT).startsWith(VARIABLE_PREFIX)
          && name.length() > VARIABLE_PREFIX.length()) {
        String option = name.substring(VARIABLE_PREFIX.length());
        variables.put(name, option.toLowerCase(Locale.ROOT).replace('_', '.'));
      } else if (!optionName(name).isEmpty()) {
        propertyNames.add(name);
      }
    }
  }

  /** What follows the prefix, without the brackets of Boot's map notation; else empty. */
  private static String optionName(String propertyName) {
    if (!propertyName.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
      return "";
    }
    String rest = propertyName.substring(PREFIX.length());
    if (rest.startsWith(".")) {
      rest = rest.substring(1);
    } else if (!rest.startsWith("[")) {
      return "";
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
