package io.i2pstreaming.autoconfigure.metrics;

import io.i2pstreaming.spring.I2PListenerContainer;
import io.i2pstreaming.spring.I2PListenerContainerBuilder;
import io.i2pstreaming.spring.I2PListenerEndpointRegistry;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToDoubleFunction;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/**
 * Shows what every listener container of the registry does. Looks at the registry when the context
 * starts, and when a container serves its first stream: before that there is nothing to show of one
 * that was registered later. Thread-safe.
 */
public final class ListenerMetrics implements MeterBinder, SmartLifecycle, DisposableBean {
  private record Bound(MeterRegistry registry, Meter meter) {}

  private final I2PListenerEndpointRegistry listeners;
  private final ReentrantLock lock = new ReentrantLock();

  private volatile boolean running;

  // Both guarded by the lock: as many as the application has of either.
  private final List<MeterRegistry> registries = new ArrayList<>();
  private final Map<I2PListenerContainer, List<Bound>> bound = new LinkedHashMap<>();

  /** Shows the containers of this registry. */
  public ListenerMetrics(I2PListenerEndpointRegistry listeners) {
    this.listeners = listeners;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    lock.lock();
    try {
      if (!registries.contains(registry)) {
        registries.add(registry);
        bound.forEach((container, meters) -> bind(registry, container, meters));
      }
    } finally {
      lock.unlock();
    }
    lookAgain();
  }

  /** Looks at the registry when the container that is being built serves its first stream. */
  void watch(I2PListenerContainerBuilder builder) {
    AtomicBoolean looked = new AtomicBoolean();
    builder.decorateHandler(
        handler ->
            socket -> {
              if (looked.compareAndSet(false, true)) {
                lookAgain();
              }
              handler.handle(socket);
            });
  }

  /** Containers that are new in the registry join, those that are gone leave. */
  private void lookAgain() {
    Collection<I2PListenerContainer> present = listeners.containers();
    lock.lock();
    try {
      bound
          .entrySet()
          .removeIf(entry -> !present.contains(entry.getKey()) && remove(entry.getValue()));
      for (I2PListenerContainer container : present) {
        if (!bound.containsKey(container)) {
          List<Bound> meters = new ArrayList<>();
          registries.forEach(registry -> bind(registry, container, meters));
          bound.put(container, meters);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private static boolean remove(List<Bound> meters) {
    meters.forEach(each -> each.registry().remove(each.meter()));
    return true;
  }

  private static void bind(
      MeterRegistry registry, I2PListenerContainer container, List<Bound> meters) {
    Tags tags =
        Tags.of(
            I2PMeterKey.MANAGER.asString(),
            container.manager().name(),
            I2PMeterKey.LISTENER.asString(),
            container.id());
    Meter active =
        Gauge.builder(
                I2PMeter.LISTENER_ACTIVE.getName(), container, I2PListenerContainer::activeStreams)
            .description(I2PMeter.LISTENER_ACTIVE.description())
            .tags(tags)
            .register(registry);
    meters.add(new Bound(registry, active));
    counter(
        registry,
        I2PMeter.LISTENER_HANDLED,
        container,
        I2PListenerContainer::handledStreams,
        tags,
        meters);
    counter(
        registry,
        I2PMeter.LISTENER_FAILED,
        container,
        I2PListenerContainer::failedStreams,
        tags,
        meters);
  }

  private static void counter(
      MeterRegistry registry,
      I2PMeter meter,
      I2PListenerContainer container,
      ToDoubleFunction<I2PListenerContainer> value,
      Tags tags,
      List<Bound> meters) {
    Meter counter =
        FunctionCounter.builder(meter.getName(), container, value)
            .description(meter.description())
            .tags(tags)
            .register(registry);
    meters.add(new Bound(registry, counter));
  }

  /** After the listeners, so that all of the start are there. */
  @Override
  public int getPhase() {
    return I2PListenerEndpointRegistry.PHASE + 1;
  }

  @Override
  public void start() {
    running = true;
    lookAgain();
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public void destroy() {
    lock.lock();
    try {
      bound.values().forEach(ListenerMetrics::remove);
      bound.clear();
      registries.clear();
    } finally {
      lock.unlock();
    }
  }
}
