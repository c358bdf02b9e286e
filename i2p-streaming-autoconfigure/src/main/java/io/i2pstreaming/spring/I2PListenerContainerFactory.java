package io.i2pstreaming.spring;

import io.i2pstreaming.StreamManager;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.backoff.BackOff;

/**
 * Makes listener containers: puts its own settings, those of the endpoint and what the customizers
 * want together. Must be a bean. Settings count for containers made afterwards.
 */
public final class I2PListenerContainerFactory implements BeanFactoryAware {
  private @Nullable ListableBeanFactory beans;
  private @Nullable Executor executor;
  private @Nullable Integer concurrency;
  private @Nullable Boolean autoStartup;
  private @Nullable Duration gracePeriod;
  private @Nullable BackOff recovery;
  private @Nullable I2PMessageSettings messages;
  private @Nullable I2PListenerErrorHandler errorHandler;

  @Override
  public void setBeanFactory(BeanFactory beanFactory) {
    this.beans = (ListableBeanFactory) beanFactory;
  }

  /** Where handlers are called. Without one, on the bean {@code i2pListenerTaskExecutor}. */
  public void setExecutor(Executor executor) {
    this.executor = executor;
  }

  /** How many streams each listener serves at once, at least 1. */
  public void setConcurrency(int concurrency) {
    this.concurrency = concurrency;
  }

  /** Whether listeners start with the application context. */
  public void setAutoStartup(boolean autoStartup) {
    this.autoStartup = autoStartup;
  }

  /** How long a stop waits for the streams in hand before it resets them. */
  public void setGracePeriod(Duration gracePeriod) {
    this.gracePeriod = gracePeriod;
  }

  /** How long to wait, and how often, when accepting streams fails. */
  public void setRecovery(BackOff recovery) {
    this.recovery = recovery;
  }

  /** Sizes and times of listeners that take messages. */
  public void setMessages(I2PMessageSettings messages) {
    this.messages = messages;
  }

  /** Decides about failures of listeners that have no error handler, or whose handler throws. */
  public void setErrorHandler(I2PListenerErrorHandler errorHandler) {
    this.errorHandler = errorHandler;
  }

  /** A stopped container that is not in the registry yet. */
  public I2PListenerContainer createContainer(I2PListenerEndpoint endpoint) {
    if (beans == null) {
      throw new IllegalStateException("the factory of listener containers is not a bean");
    }
    StreamManager manager = beans.getBean(StreamManagers.class).get(endpoint.manager());
    I2PListenerContainerBuilder builder =
        I2PListenerContainer.builder(endpoint.id(), endpoint.port()).manager(manager);
    apply(builder, beans);
    endpoint.configure(builder);
    beans
        .getBeanProvider(I2PListenerContainerCustomizer.class)
        .orderedStream()
        .forEach(customizer -> customizer.customize(builder));
    return builder.build();
  }

  private void apply(I2PListenerContainerBuilder builder, ListableBeanFactory beans) {
    if (executor != null) {
      builder.executor(executor);
    } else if (beans.containsBean(I2PListenerConfiguration.TASK_EXECUTOR_BEAN_NAME)) {
      builder.executor(
          beans.getBean(I2PListenerConfiguration.TASK_EXECUTOR_BEAN_NAME, Executor.class));
    }
    if (concurrency != null) {
      builder.concurrency(concurrency);
    }
    if (autoStartup != null) {
      builder.autoStartup(autoStartup);
    }
    if (gracePeriod != null) {
      builder.gracePeriod(gracePeriod);
    }
    if (recovery != null) {
      builder.recovery(recovery);
    }
    if (messages != null) {
      builder.messages(messages);
    }
    if (errorHandler != null) {
      builder.errorHandler(errorHandler);
    }
  }
}
