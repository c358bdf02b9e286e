package io.i2pstreaming.autoconfigure.metrics;

import io.i2pstreaming.spring.site.Refusal;
import io.i2pstreaming.spring.site.SiteGateway;
import io.i2pstreaming.spring.site.SiteStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;
import org.springframework.beans.factory.DisposableBean;

/** Shows what the gateway of a published site does. Says nothing about callers. Thread-safe. */
public final class SiteMetrics implements MeterBinder, DisposableBean {
  private final SiteGateway gateway;
  private final Tags tags;

  /** What to take out of which registry in the end. */
  private final List<Runnable> removals = new CopyOnWriteArrayList<>();

  /** Shows this gateway. */
  public SiteMetrics(SiteGateway gateway) {
    this.gateway = gateway;
    this.tags = Tags.of(I2PMeterKey.MANAGER.asString(), gateway.manager().name());
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    removeLater(
        registry,
        Gauge.builder(I2PMeter.SITE_ACTIVE.getName(), gateway, SiteGateway::activeStreams)
            .description(I2PMeter.SITE_ACTIVE.description())
            .tags(tags)
            .register(registry));
    counter(registry, I2PMeter.SITE_STREAMS, tags, SiteStats::streams);
    counter(registry, I2PMeter.SITE_REQUESTS, tags, SiteStats::requests);
    counter(registry, I2PMeter.SITE_UPGRADES, tags, SiteStats::upgrades);
    counter(registry, I2PMeter.SITE_ABORTED, tags, SiteStats::abortedAnswers);
    reasons()
        .forEach(
            (refusal, reason) ->
                counter(
                    registry,
                    I2PMeter.SITE_REFUSED,
                    tags.and(I2PMeterKey.REASON.asString(), reason),
                    stats -> stats.refusedBecauseOf(refusal)));
  }

  /** The value of the tag for each reason. */
  static Map<Refusal, String> reasons() {
    Map<Refusal, String> reasons = new LinkedHashMap<>();
    for (Refusal refusal : Refusal.values()) {
      reasons.put(refusal, refusal.name().toLowerCase(Locale.ROOT));
    }
    return reasons;
  }

  private void counter(
      MeterRegistry registry, I2PMeter meter, Tags tags, ToDoubleFunction<SiteStats> value) {
    removeLater(
        registry,
        FunctionCounter.builder(meter.getName(), gateway.stats(), value)
            .description(meter.description())
            .tags(tags)
            .register(registry));
  }

  private void removeLater(MeterRegistry registry, Meter meter) {
    removals.add(() -> registry.remove(meter));
  }

  @Override
  public void destroy() {
    removals.forEach(Runnable::run);
    removals.clear();
  }
}
