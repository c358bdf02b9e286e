package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.StreamingOptions;
import io.i2pstreaming.autoconfigure.http.I2PHttpClientProperties;
import io.i2pstreaming.autoconfigure.site.I2PHttpProperties;
import io.i2pstreaming.endpoint.ConnectionLimits;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Finds properties under {@code i2p.} and {@code i2cp.} that nothing reads, and says so once, at
 * the start: a misspelt option must not be silently without effect. Never shows values.
 */
final class UnknownPropertyReport {
  private static final Logger log = LoggerFactory.getLogger(UnknownPropertyReport.class);

  private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("i2p");

  /** Read by i2p-streaming-test alone. */
  private static final ConfigurationPropertyName OF_TESTS =
      ConfigurationPropertyName.of("i2p.test");

  /** Of I2CP's options only the access list may stand by itself. */
  private static final ConfigurationPropertyName I2CP = ConfigurationPropertyName.of("i2cp");

  private static final ConfigurationPropertyName SESSION_OPTIONS =
      ConfigurationPropertyName.of(SessionOptionsReader.PREFIX);

  /** Java I2P and shells use other names under {@code i2p.} in system properties and variables. */
  private static final Set<String> OUR_SECTIONS =
      Set.of(
          "router",
          "destination",
          "session",
          "streaming",
          "template",
          "listener",
          "shutdown",
          "httpclient",
          "http",
          "accesslist",
          "managers",
          "startup",
          "trace");

  /** Properties with names of our own, by what stands before them. */
  static final Map<String, Class<?>> RECORDS =
      Map.of(
          "i2p", I2PProperties.class,
          "i2p.listener", I2PListenerProperties.class,
          "i2p.shutdown", I2PShutdownProperties.class,
          "i2p.http-client", I2PHttpClientProperties.class,
          "i2p.http", I2PHttpProperties.class);

  /** What is read and is neither in a record nor an option of streams. */
  private static final List<String> OTHERS =
      List.of(
          Admission.BLACKLIST,
          Admission.DSA_LIST,
          AccessListReader.OFFICIAL.get(0),
          AccessListReader.OFFICIAL.get(1),
          AccessListReader.OFFICIAL.get(2),
          AccessListReader.MODE,
          AccessListReader.ENTRIES,
          AccessListReader.FILE,
          AccessListFiles.INTERVAL);

  /** I2P's documented options that this engine may not obey yet. */
  private static final List<String> DOCUMENTED_BY_I2P =
      List.of(
          "answerPings",
          "blacklist",
          "bufferSize",
          "congestionAvoidanceGrowthRateFactor",
          "slowStartGrowthRateFactor",
          "connectDelay",
          "connectTimeout",
          "disableRejectLogging",
          "dsalist",
          "enforceProtocol",
          "inactivityAction",
          "inactivityTimeout",
          "initialAckDelay",
          "initialReceiveWindow",
          "initialResendDelay",
          "initialRTO",
          "initialRTT",
          "initialWindowSize",
          "limitAction",
          "maxConcurrentStreams",
          "maxConnsPerMinute",
          "maxConnsPerHour",
          "maxConnsPerDay",
          "maxTotalConnsPerMinute",
          "maxTotalConnsPerHour",
          "maxTotalConnsPerDay",
          "maxMessageSize",
          "maxResends",
          "maxWindowSize",
          "profile",
          "readTimeout",
          "writeTimeout",
          "tcbcache.rttDampening",
          "tcbcache.rttdevDampening",
          "tcbcache.wdwDampening");

  private UnknownPropertyReport() {}

  /** Logs a warning per unknown property. */
  static void log(Environment environment) {
    find(environment).forEach(log::warn);
  }

  /** A sentence per unknown property, in the order of their names. */
  static Collection<String> find(Environment environment) {
    List<String> managers = ManagerNames.of(environment);
    Map<String, String> known = knownNames(managers);
    Map<String, String> sentences = new TreeMap<>();
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source instanceof IterableConfigurationPropertySource iterable) {
        boolean shared = isShared(source);
        iterable.stream()
            .filter(name -> ROOT.isAncestorOf(name) || I2CP.isAncestorOf(name))
            .filter(name -> !shared || isOurs(name, managers))
            .filter(name -> !OF_TESTS.isAncestorOf(name))
            .filter(
                name ->
                    !known.containsKey(uniform(withoutIndex(name)))
                        && !isSessionOption(name, managers))
            .forEach(name -> sentences.put(name.toString(), sentence(name, source, known)));
      }
    }
    return sentences.values();
  }

  private static final ConfigurationPropertyName.Form FORM = ConfigurationPropertyName.Form.UNIFORM;

  private static boolean isOurs(ConfigurationPropertyName name, List<String> managers) {
    if (PropertyScope.MANAGERS.isAncestorOf(name)) {
      return managers.stream()
          .anyMatch(manager -> PropertyScope.prefixOf(manager).isAncestorOf(name));
    }
    return ROOT.isAncestorOf(name) && OUR_SECTIONS.contains(name.getElement(1, FORM));
  }

  private static boolean isShared(ConfigurationPropertySource source) {
    return source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource
        || (source.getUnderlyingSource() instanceof org.springframework.core.env.PropertySource<?> p
            && p.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME));
  }

  private static boolean isSessionOption(ConfigurationPropertyName name, List<String> managers) {
    return SESSION_OPTIONS.isAncestorOf(name)
        || managers.stream()
            .anyMatch(
                manager ->
                    PropertyScope.prefixOf(manager)
                        .append(SESSION_OPTIONS.subName(1))
                        .isAncestorOf(name));
  }

  private static String sentence(
      ConfigurationPropertyName name,
      ConfigurationPropertySource source,
      Map<String, String> known) {
    var property = source.getConfigurationProperty(name);
    String where =
        property == null || property.getOrigin() == null
            ? ""
            : " (from " + property.getOrigin() + ")";
    for (String documented : DOCUMENTED_BY_I2P) {
      if (uniform(name).equals(uniform(StreamingOptionsReader.PREFIX + "." + documented))
          || (PropertyScope.MANAGERS.isAncestorOf(name)
              && uniform(name).endsWith(uniform("streaming." + documented)))) {
        return "The property '"
            + name
            + "'"
            + where
            + " has no effect: this engine does not obey I2P's option "
            + documented
            + ".";
      }
    }
    String nearest = nearest(uniform(name), known);
    if (nearest.isEmpty() && I2CP.isAncestorOf(name)) {
      return "The property '"
          + name
          + "'"
          + where
          + " has no effect: options of I2CP stand below '"
          + SessionOptionsReader.PREFIX
          + "'.";
    }
    return "The property '"
        + name
        + "'"
        + where
        + " is unknown and has no effect."
        + (nearest.isEmpty() ? "" : " Did you mean '" + nearest + "'?");
  }

  /** All properties that are read, by their uniform name. */
  private static Map<String, String> knownNames(List<String> managers) {
    Map<String, String> known = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    RECORDS.forEach((prefix, type) -> addComponents(type, prefix, names));
    names.forEach(name -> known.put(uniform(name), name));
    for (Set<String> options : List.of(StreamingOptions.names(), ConnectionLimits.names())) {
      for (String option : options) {
        String name = StreamingOptionsReader.PREFIX + "." + option;
        known.put(uniform(name), name);
      }
    }
    for (String name : OTHERS) {
      known.put(uniform(name), name);
    }
    Map<String, String> ofManagers = new LinkedHashMap<>();
    for (String manager : managers) {
      String prefix = PropertyScope.MANAGERS + "." + manager;
      ofManagers.put(uniform(prefix), prefix);
      ofManagers.put(uniform(prefix + ".primary"), prefix + ".primary");
      known.values().stream()
          .filter(UnknownPropertyReport::isOfManagers)
          .map(name -> prefix + "." + (name.startsWith("i2p.") ? name.substring(4) : name))
          .forEach(name -> ofManagers.put(uniform(name), name));
    }
    known.putAll(ofManagers);
    return known;
  }

  /** Whether a manager may have its own value of this property. */
  private static boolean isOfManagers(String name) {
    String rest = name.startsWith("i2p.") ? name.substring(4) : name;
    return ManagerNames.SECTIONS.contains(rest.substring(0, rest.indexOf('.')))
        // There is one embedded router for all, and one thread that looks at files.
        && !rest.startsWith("router.embedded.")
        && !name.equals(AccessListFiles.INTERVAL);
  }

  private static void addComponents(Class<?> type, String prefix, List<String> names) {
    for (RecordComponent component : type.getRecordComponents()) {
      String name =
          prefix + "." + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      if (component.getType().isRecord() && component.getType() != Probability.class) {
        addComponents(component.getType(), name, names);
      } else {
        names.add(name);
      }
    }
  }

  private static String nearest(String uniform, Map<String, String> known) {
    String nearest = "";
    int least = Math.max(2, uniform.length() / 6) + 1;
    for (Map.Entry<String, String> entry : known.entrySet()) {
      int distance = distance(uniform, entry.getKey());
      if (distance < least) {
        least = distance;
        nearest = entry.getValue();
      }
    }
    return nearest;
  }

  /** Levenshtein's: insertions, deletions and replacements that turn one text into the other. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  /** An entry of a list is as well known as the list. */
  private static ConfigurationPropertyName withoutIndex(ConfigurationPropertyName name) {
    return name.isLastElementIndexed() ? name.getParent() : name;
  }

  private static String uniform(ConfigurationPropertyName name) {
    return uniform(name.toString());
  }

  private static String uniform(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
