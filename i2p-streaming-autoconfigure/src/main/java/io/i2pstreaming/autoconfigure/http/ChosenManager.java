package io.i2pstreaming.autoconfigure.http;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.spring.I2PConfigurationException;
import io.i2pstreaming.spring.StreamManagers;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * The manager that HTTP clients dial by. Looked for when the first request wants it, so that an
 * application with several managers, and none chosen, starts.
 */
final class ChosenManager implements Supplier<StreamManager> {
  private final ListableBeanFactory beans;
  private final @Nullable String reference;

  /** By bean name or by its own; without a reference the only or primary one. */
  ChosenManager(ListableBeanFactory beans, @Nullable String reference) {
    this.beans = beans;
    this.reference = reference == null || reference.isBlank() ? null : reference.strip();
  }

  @Override
  public StreamManager get() {
    StreamManager manager = reference == null ? only() : named(reference);
    if (manager == null) {
      throw new I2PConfigurationException(
          reference == null
              ? "An HTTP request to I2P has no stream manager to go by: there are several."
              : "The property 'i2p.http-client.manager' is '"
                  + reference
                  + "', and there is no such stream manager.",
          "Set 'i2p.http-client.manager' to one of "
              + new StreamManagers(beans).byName().keySet()
              + ", or mark one of the beans @Primary.");
    }
    return manager;
  }

  private @Nullable StreamManager only() {
    return beans.getBeanProvider(StreamManager.class).getIfUnique();
  }

  private @Nullable StreamManager named(String name) {
    return beans.containsBean(name) && beans.isTypeMatch(name, StreamManager.class)
        ? beans.getBean(name, StreamManager.class)
        : new StreamManagers(beans).byName().get(name);
  }
}
