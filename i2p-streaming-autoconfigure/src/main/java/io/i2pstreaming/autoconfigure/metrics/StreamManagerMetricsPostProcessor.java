package io.i2pstreaming.autoconfigure.metrics;

import io.i2pstreaming.StreamManager;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;

/** Tells the metrics of stream managers that become beans, or cease to be. */
final class StreamManagerMetricsPostProcessor implements DestructionAwareBeanPostProcessor {
  private final ObjectProvider<StreamManagerMetrics> metrics;

  /** Remembered: while beans are destroyed, none can be asked for. */
  private volatile @Nullable StreamManagerMetrics told;

  StreamManagerMetricsPostProcessor(ObjectProvider<StreamManagerMetrics> metrics) {
    this.metrics = metrics;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String beanName) {
    if (bean instanceof StreamManager manager) {
      metrics.ifAvailable(
          all -> {
            told = all;
            all.add(manager);
          });
    }
    return bean;
  }

  @Override
  public void postProcessBeforeDestruction(Object bean, String beanName) {
    if (bean instanceof StreamManager manager) {
      StreamManagerMetrics all = told;
      if (all != null) {
        all.remove(manager);
      }
    }
  }

  @Override
  public boolean requiresDestruction(Object bean) {
    return bean instanceof StreamManager;
  }
}
