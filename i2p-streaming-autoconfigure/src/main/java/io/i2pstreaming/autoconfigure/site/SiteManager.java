package io.i2pstreaming.autoconfigure.site;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.spring.I2PConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;

/** Finds the stream manager whose destination is the site's address. */
final class SiteManager {
  private SiteManager() {}

  /** The one with this bean name or own name; without a reference the only or primary one. */
  static StreamManager find(ListableBeanFactory beans, @Nullable String reference) {
    if (reference == null || reference.isBlank()) {
      return only(beans);
    }
    Map<String, StreamManager> byBeanName = beans.getBeansOfType(StreamManager.class, false, true);
    StreamManager found = byBeanName.get(reference);
    if (found != null) {
      return found;
    }
    List<String> names = new ArrayList<>();
    for (StreamManager manager : byBeanName.values()) {
      if (manager.name().equals(reference)) {
        return manager;
      }
      names.add(manager.name());
    }
    throw new I2PConfigurationException(
        "'i2p.http.manager' asks for the stream manager '" + reference + "', which does not exist.",
        "Use the bean name or the name of one of " + names + ".");
  }

  private static StreamManager only(ListableBeanFactory beans) {
    try {
      StreamManager only = beans.getBeanProvider(StreamManager.class).getIfAvailable();
      if (only != null) {
        return only;
      }
    } catch (NoUniqueBeanDefinitionException e) {
      throw new I2PConfigurationException(
          "The I2P site names no stream manager, and there are several StreamManager beans: "
              + e.getBeanNamesFound()
              + ".",
          "Set 'i2p.http.manager', or mark one of the beans @Primary.",
          e);
    }
    throw new I2PConfigurationException(
        "The I2P site has no StreamManager bean to be published on.", "Define one.");
  }
}
