package io.i2pstreaming.spring;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/**
 * All listener containers of an application context by id; starts and stops them with it.
 *
 * <p>They start last and stop first ({@link #PHASE}): a stopping context accepts no stream any
 * more, and then waits for the handlers of the streams in hand for the grace period of each
 * container. What is left then, or when the context is destroyed, is reset.
 */
public final class I2PListenerEndpointRegistry implements SmartLifecycle, DisposableBean {
  /** Behind web servers and stream managers when starting, before them when stopping. */
  public static final int PHASE = Integer.MAX_VALUE - 100;

  private final ReentrantLock lock = new ReentrantLock();

  // Both guarded by the lock. As many containers as the application declares.
  private final Map<String, I2PListenerContainer> containers = new LinkedHashMap<>();
  private boolean running;

  /** Adds a container; starts it if the context already runs. */
  public void register(I2PListenerContainer container) {
    boolean startNow;
    lock.lock();
    try {
      if (containers.putIfAbsent(container.id(), container) != null) {
        throw new I2PConfigurationException(
            "Two I2P listeners are called '" + container.id() + "'.",
            "Give each @I2PListener an id of its own.");
      }
      startNow = running && container.autoStartup();
    } finally {
      lock.unlock();
    }
    if (startNow) {
      container.start();
    }
  }

  /** The container with this id, or null. */
  public @Nullable I2PListenerContainer container(String id) {
    lock.lock();
    try {
      return containers.get(id);
    } finally {
      lock.unlock();
    }
  }

  /** Takes a container out and stops it, like {@link I2PListenerContainer#stop(Runnable)}. */
  public @Nullable I2PListenerContainer unregister(String id) {
    I2PListenerContainer removed;
    lock.lock();
    try {
      removed = containers.remove(id);
    } finally {
      lock.unlock();
    }
    if (removed != null) {
      removed.stop(() -> {});
    }
    return removed;
  }

  /** All containers, in the order of their registration. */
  public Collection<I2PListenerContainer> containers() {
    lock.lock();
    try {
      return List.copyOf(containers.values());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  @Override
  public boolean isRunning() {
    lock.lock();
    try {
      return running;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void start() {
    setRunning(true);
    for (I2PListenerContainer container : containers()) {
      if (container.autoStartup()) {
        container.start();
      }
    }
  }

  @Override
  public void stop() {
    stop(() -> {});
  }

  @Override
  public void stop(Runnable callback) {
    setRunning(false);
    Collection<I2PListenerContainer> all = containers();
    if (all.isEmpty()) {
      callback.run();
      return;
    }
    AtomicInteger left = new AtomicInteger(all.size());
    for (I2PListenerContainer container : all) {
      container.stop(
          () -> {
            if (left.decrementAndGet() == 0) {
              callback.run();
            }
          });
    }
  }

  @Override
  public void destroy() {
    containers().forEach(I2PListenerContainer::stopNow);
  }

  private void setRunning(boolean value) {
    lock.lock();
    try {
      running = value;
    } finally {
      lock.unlock();
    }
  }
}
