package io.i2pstreaming.autoconfigure.metrics;

import io.i2pstreaming.StreamManager;
import io.i2pstreaming.spring.StreamManagers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.beans.factory.DisposableBean;

/**
 * Shows every stream manager in the meter registries, told apart by the tag {@code manager}. A
 * manager that becomes a bean later joins, one that is destroyed leaves; nothing is left behind in
 * a registry that outlives the application context. No meter ever says anything about a peer.
 * Thread-safe.
 */
public final class StreamManagerMetrics implements MeterBinder, DisposableBean {
  private final StreamManagers managers;
  private final ReentrantLock lock = new ReentrantLock();

  // Both guarded by the lock: as many as the application has of either.
  private final List<MeterRegistry> registries = new ArrayList<>();
  private final Map<StreamManager, List<ManagerMeters>> bound = new LinkedHashMap<>();

  /** Shows these managers. */
  public StreamManagerMetrics(StreamManagers managers) {
    this.managers = managers;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Map<String, StreamManager> present = managers.byName();
    lock.lock();
    try {
      if (registries.contains(registry)) {
        return;
      }
      bound.forEach((manager, meters) -> meters.add(new ManagerMeters(registry, manager)));
      registries.add(registry);
      present.values().forEach(this::add);
    } finally {
      lock.unlock();
    }
  }

  /** Shows a further manager; harmless when it is shown already. */
  void add(StreamManager manager) {
    lock.lock();
    try {
      if (bound.containsKey(manager)) {
        return;
      }
      List<ManagerMeters> meters = new ArrayList<>();
      registries.forEach(registry -> meters.add(new ManagerMeters(registry, manager)));
      bound.put(manager, meters);
    } finally {
      lock.unlock();
    }
  }

  /** Shows it no more; harmless when it never was. */
  void remove(StreamManager manager) {
    lock.lock();
    try {
      List<ManagerMeters> meters = bound.remove(manager);
      if (meters != null) {
        meters.forEach(ManagerMeters::remove);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void destroy() {
    lock.lock();
    try {
      bound.values().forEach(meters -> meters.forEach(ManagerMeters::remove));
      bound.clear();
      registries.clear();
    } finally {
      lock.unlock();
    }
  }
}
