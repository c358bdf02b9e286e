package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.spring.I2PConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Finds the names of the managers for which something stands below {@code i2p.managers}. */
final class ManagerNames {
  /** What may be said for a manager. */
  static final Set<String> SECTIONS =
      Set.of(
          "router",
          "destination",
          "session",
          "streaming",
          "access-list",
          "i2cp",
          "trace",
          "primary");

  /** Managers that one application may have; each is a session of its own. */
  private static final int MAX_MANAGERS = 64;

  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
  private static final ConfigurationPropertyName.Form FORM =
      ConfigurationPropertyName.Form.ORIGINAL;

  private ManagerNames() {}

  /** The names in alphabetical order, as they are written; empty when there are none. */
  static List<String> of(Environment environment) {
    Map<String, String> names = new TreeMap<>();
    List<IterableConfigurationPropertySource> variables = new ArrayList<>();
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source instanceof IterableConfigurationPropertySource iterable) {
        if (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource) {
          variables.add(iterable);
        } else {
          iterable.stream()
              .filter(PropertyScope.MANAGERS::isAncestorOf)
              .forEach(name -> add(name, names));
        }
      }
    }
    // Without letter case and dashes, and not all that begin with I2P_MANAGERS_ are ours.
    for (IterableConfigurationPropertySource source : variables) {
      source.stream()
          .filter(PropertyScope.MANAGERS::isAncestorOf)
          .filter(ManagerNames::isOfASection)
          .forEach(name -> add(name, names));
    }
    if (names.size() > MAX_MANAGERS) {
      throw new I2PConfigurationException(
          "Below 'i2p.managers' there are " + names.size() + " names.",
          "Name at most " + MAX_MANAGERS + " managers: each builds tunnels of its own.");
    }
    return List.copyOf(names.values());
  }

  private static void add(ConfigurationPropertyName property, Map<String, String> names) {
    String name = property.getElement(2, FORM);
    if (!ALLOWED.matcher(name).matches()) {
      throw new I2PConfigurationException(
          "The property '" + property + "' names the manager '" + name + "'.",
          "Begin a manager's name with a letter, and use letters, digits, '-' and '_' only.");
    }
    names.putIfAbsent(uniform(name), name);
  }

  private static boolean isOfASection(ConfigurationPropertyName name) {
    return name.getNumberOfElements() > 3
        && SECTIONS.stream()
            .anyMatch(section -> uniform(section).equals(uniform(name.getElement(3, FORM))));
  }

  /** What all spellings of a name have in common. */
  static String uniform(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
