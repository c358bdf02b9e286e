package io.i2pstreaming.spring;

import io.i2pstreaming.StreamManager;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.HierarchicalBeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;

/**
 * The stream managers among the beans, by their own names, under which metrics, health and
 * endpoints show them. Reads the bean factory, keeps nothing.
 */
public final class StreamManagers {
  private final ListableBeanFactory beans;

  /** Takes those in {@code beans}. */
  public StreamManagers(ListableBeanFactory beans) {
    this.beans = beans;
  }

  /**
   * All of them, in the order of their definition, and none of the bean factory's parents: whoever
   * starts or shows them would do so twice.
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
   * The one with this bean name or own name; without a reference the only or primary one. Looks
   * into the parents of the bean factory, too.
   *
   * @throws I2PConfigurationException if there is none
   */
  public StreamManager get(String reference) {
    return get(reference, "An @I2PListener");
  }

  /**
   * The same for somebody else.
   *
   * @param asker who asks, as the beginning of a sentence, such as "The property 'a.b'"
   * @throws I2PConfigurationException if there is none
   */
  public StreamManager get(String reference, String asker) {
    if (reference.isEmpty()) {
      return only(asker);
    }
    if (beans.containsBean(reference) && beans.isTypeMatch(reference, StreamManager.class)) {
      return beans.getBean(reference, StreamManager.class);
    }
    Map<String, StreamManager> known = byNameWithParents();
    StreamManager named = known.get(reference);
    if (named == null) {
      throw new I2PConfigurationException(
          asker + " asks for the stream manager '" + reference + "', which does not exist.",
          "Use the bean name or the name of one of " + known.keySet() + ".");
    }
    return named;
  }

  private StreamManager only(String asker) {
    try {
      StreamManager only = beans.getBeanProvider(StreamManager.class).getIfAvailable();
      if (only != null) {
        return only;
      }
    } catch (NoUniqueBeanDefinitionException e) {
      throw new I2PConfigurationException(
          asker
              + " names no manager, and there are several StreamManager beans: "
              + e.getBeanNamesFound()
              + ".",
          "Name one of them, or make one the primary one: @Primary, or primary: true below"
              + " i2p.managers.",
          e);
    }
    throw new I2PConfigurationException(
        asker + " has no StreamManager bean to use.", "Define one.");
  }

  private Map<String, StreamManager> byNameWithParents() {
    Map<String, StreamManager> all = new LinkedHashMap<>(byName());
    BeanFactory parent =
        beans instanceof HierarchicalBeanFactory child ? child.getParentBeanFactory() : null;
    if (parent instanceof ListableBeanFactory listable) {
      new StreamManagers(listable).byNameWithParents().forEach(all::putIfAbsent);
    }
    return all;
  }
}
