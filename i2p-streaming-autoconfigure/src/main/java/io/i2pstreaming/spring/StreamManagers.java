package io.i2pstreaming.spring;

import io.i2pstreaming.StreamManager;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;

/**
 * The stream managers among the beans, by their own names, under which metrics, health and
 * endpoints show them. Reads the bean factory, keeps nothing.
 */
public final class StreamManagers {
  private final ListableBeanFactory beans;

  /** Looks into {@code beans} and not into its parents. */
  public StreamManagers(ListableBeanFactory beans) {
    this.beans = beans;
  }

  /**
   * All of them, in the order of their definition.
   *
   * @throws I2PConfigurationException if two share a name
   */
  public Map<String, StreamManager> byName() {
    Map<String, StreamManager> byName = new LinkedHashMap<>();
    beans
        .getBeansOfType(StreamManager.class, false, true)
        .forEach(
            (beanName, manager) -> {
              if (byName.put(manager.name(), manager) != null) {
                throw new I2PConfigurationException(
                    "Two StreamManager beans are named '" + manager.name() + "'.",
                    "Call name(…) on the builder of the bean '"
                        + beanName
                        + "': metrics, health and endpoints tell managers apart by it.");
              }
            });
    return byName;
  }

  /**
   * The one with this bean name or own name; without a reference the only or primary one.
   *
   * @throws I2PConfigurationException if there is none
   */
  public StreamManager get(String reference) {
    if (reference.isEmpty()) {
      try {
        StreamManager only = beans.getBeanProvider(StreamManager.class).getIfAvailable();
        if (only != null) {
          return only;
        }
      } catch (NoUniqueBeanDefinitionException e) {
        throw new I2PConfigurationException(
            "An @I2PListener names no manager, and there are several StreamManager beans: "
                + e.getBeanNamesFound()
                + ".",
            "Set its manager attribute, or mark one of the beans @Primary.",
            e);
      }
      throw new I2PConfigurationException(
          "An @I2PListener has no StreamManager bean to listen on.", "Define one.");
    }
    if (beans.containsBean(reference) && beans.isTypeMatch(reference, StreamManager.class)) {
      return beans.getBean(reference, StreamManager.class);
    }
    StreamManager named = byName().get(reference);
    if (named == null) {
      throw new I2PConfigurationException(
          "An @I2PListener asks for the stream manager '" + reference + "', which does not exist.",
          "Use the bean name or the name of one of " + byName().keySet() + ".");
    }
    return named;
  }
}
