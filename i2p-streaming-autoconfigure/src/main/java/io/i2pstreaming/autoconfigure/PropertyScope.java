package io.i2pstreaming.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The properties as one stream manager sees them: those directly below {@code i2p}, or, for a
 * manager with a name, those below {@code i2p.managers.<name>} and behind them the former. Whoever
 * reads asks for {@code i2p.router.host} and so on and need not know whose. Reads the environment
 * anew each time, keeps nothing.
 */
final class PropertyScope {
  static final ConfigurationPropertyName MANAGERS = ConfigurationPropertyName.of("i2p.managers");

  private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("i2p");
  private static final ConfigurationPropertyName I2CP = ConfigurationPropertyName.of("i2cp");

  /** What two managers cannot share, or says something of one alone: not inherited. */
  private static final Set<ConfigurationPropertyName> NOT_INHERITED =
      Set.of(
          ConfigurationPropertyName.of("i2p.destination.key-file"),
          ConfigurationPropertyName.of("i2p.trace.file"),
          ConfigurationPropertyName.of("i2p.primary"));

  private static final ApplicationConversionService CONVERSION = conversion();

  private final ConfigurableEnvironment environment;
  private final String manager;
  private final boolean own;
  private final boolean inherited;

  private PropertyScope(
      ConfigurableEnvironment environment, String manager, boolean own, boolean inherited) {
    this.environment = environment;
    this.manager = manager;
    this.own = own;
    this.inherited = inherited;
  }

  /** What stands directly below {@code i2p}. */
  static PropertyScope of(ConfigurableEnvironment environment) {
    return new PropertyScope(environment, "", false, true);
  }

  /** What the manager of this name sees. */
  static PropertyScope of(ConfigurableEnvironment environment, String manager) {
    return new PropertyScope(environment, manager, true, true);
  }

  /** What is written for the manager itself; at the top everything. */
  PropertyScope own() {
    return own ? new PropertyScope(environment, manager, true, false) : this;
  }

  /** The places in which a property may stand, the one that wins last. */
  List<PropertyScope> levels() {
    return own && inherited ? List.of(of(environment), own()) : List.of(this);
  }

  /** The name of the manager; empty at the top. */
  String manager() {
    return manager;
  }

  ConfigurableEnvironment environment() {
    return environment;
  }

  /** Reads properties by the names that they have at the top. */
  Binder binder() {
    List<ConfigurationPropertySource> sources = new ArrayList<>();
    if (own) {
      ConfigurationPropertyName prefix = prefixOf(manager);
      for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
        sources.add(new Own(source, prefix));
      }
    }
    if (inherited) {
      for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
        sources.add(own ? new Inherited(source) : source);
      }
    }
    return new Binder(
        sources, new PropertySourcesPlaceholdersResolver(environment), CONVERSION, null);
  }

  /** The records of our own names; with defaults where nothing is written. */
  I2PProperties.Manager properties() {
    return binder().bindOrCreate("i2p", Bindable.of(I2PProperties.Manager.class));
  }

  /** How a property with this name at the top is written where it is found, or would be. */
  String written(String name) {
    return own && (!inherited || isOwn(OfficialProperty.propertyName(name)))
        ? MANAGERS + "." + manager + "." + (name.startsWith("i2p.") ? name.substring(4) : name)
        : name;
  }

  /** Whether this, or something below it, is written for the manager itself. */
  private boolean isOwn(ConfigurationPropertyName name) {
    ConfigurationPropertyName prefix = prefixOf(manager);
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      Own candidate = new Own(source, prefix);
      if (candidate.getConfigurationProperty(name) != null
          || candidate.containsDescendantOf(name) == ConfigurationPropertyState.PRESENT) {
        return true;
      }
    }
    return false;
  }

  /** Whether anything of this section is written for the manager itself; never at the top. */
  boolean isOwn(String section) {
    return own && isOwn(ConfigurationPropertyName.of(section));
  }

  private static ApplicationConversionService conversion() {
    ApplicationConversionService conversion = new ApplicationConversionService();
    conversion.addConverter(new ProbabilityConverter());
    return conversion;
  }

  static ConfigurationPropertyName prefixOf(String manager) {
    return MANAGERS.append(manager.toLowerCase(Locale.ROOT).replace("_", ""));
  }

  /** Answers with what is written for one manager. */
  private record Own(ConfigurationPropertySource source, ConfigurationPropertyName prefix)
      implements ConfigurationPropertySource {
    @Override
    public @Nullable ConfigurationProperty getConfigurationProperty(
        ConfigurationPropertyName name) {
      ConfigurationPropertyName here = here(name);
      return here == null ? null : source.getConfigurationProperty(here);
    }

    @Override
    public ConfigurationPropertyState containsDescendantOf(ConfigurationPropertyName name) {
      ConfigurationPropertyName here = here(name);
      return here == null ? ConfigurationPropertyState.ABSENT : source.containsDescendantOf(here);
    }

    private @Nullable ConfigurationPropertyName here(ConfigurationPropertyName name) {
      if (ROOT.equals(name)) {
        return prefix;
      }
      if (ROOT.isAncestorOf(name)) {
        return prefix.append(name.subName(1));
      }
      return I2CP.isAncestorOf(name) ? prefix.append(name) : null;
    }
  }

  /** Answers with what is written for all managers. */
  private record Inherited(ConfigurationPropertySource source)
      implements ConfigurationPropertySource {
    @Override
    public @Nullable ConfigurationProperty getConfigurationProperty(
        ConfigurationPropertyName name) {
      return NOT_INHERITED.contains(name) ? null : source.getConfigurationProperty(name);
    }

    @Override
    public ConfigurationPropertyState containsDescendantOf(ConfigurationPropertyName name) {
      return source.containsDescendantOf(name);
    }
  }
}
