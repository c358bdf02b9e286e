package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.spring.I2PConfigurationException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Changes who may connect while the application runs: reads the access list with its file, the
 * blacklist and the limits anew, from the environment as it is now. What {@code StreamManager}'s
 * own methods have changed since is lost. Open streams stay. For managers built from the
 * properties; thread-safe.
 */
public final class I2PAdmission {
  private final StreamManagerFactory factory;

  I2PAdmission(StreamManagerFactory factory) {
    this.factory = factory;
  }

  /**
   * Reads what the properties say about all managers and then changes these.
   *
   * @throws I2PConfigurationException if a value is wrong; then nothing has changed
   */
  public void reload() {
    reload(factory.built());
  }

  /**
   * The same for the manager of this name alone.
   *
   * @throws IllegalArgumentException if no manager of this name was built from the properties
   * @throws I2PConfigurationException if a value is wrong; then nothing has changed
   */
  public void reload(String manager) {
    StreamManagerFactory.Built built = factory.built().get(manager);
    if (built == null) {
      throw new IllegalArgumentException(
          "no stream manager '" + manager + "' was built from the properties");
    }
    reload(Map.of(manager, built));
  }

  private static void reload(Map<String, StreamManagerFactory.Built> managers) {
    Map<StreamManagerFactory.Built, Admission> read = new LinkedHashMap<>();
    managers.values().forEach(built -> read.put(built, Admission.read(built.scope())));
    read.forEach((built, admission) -> admission.apply(built.manager()));
  }
}
