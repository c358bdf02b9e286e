package io.i2pstreaming.spring.site;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What a {@link SiteGateway} has counted since the application started. Thread-safe. */
public final class SiteStats {
  private final LongAdder requests = new LongAdder();
  private final LongAdder upgrades = new LongAdder();
  private final LongAdder streams = new LongAdder();
  private final LongAdder aborted = new LongAdder();
  private final Map<Refusal, LongAdder> refused = new EnumMap<>(Refusal.class);

  SiteStats() {
    for (Refusal refusal : Refusal.values()) {
      refused.put(refusal, new LongAdder());
    }
  }

  void request() {
    requests.increment();
  }

  void upgrade() {
    upgrades.increment();
  }

  void stream() {
    streams.increment();
  }

  void aborted() {
    aborted.increment();
  }

  void refused(Refusal refusal) {
    count(refusal).increment();
  }

  private LongAdder count(Refusal refusal) {
    LongAdder count = refused.get(refusal);
    if (count == null) {
      throw new IllegalStateException("no counter for " + refusal);
    }
    return count;
  }

  /** Streams accepted, those refused at once included. */
  public long streams() {
    return streams.sum();
  }

  /** Requests brought to the application. */
  public long requests() {
    return requests.sum();
  }

  /** Requests that became WebSockets. */
  public long upgrades() {
    return upgrades.sum();
  }

  /** Exchanges that ended before the answer was whole. */
  public long abortedAnswers() {
    return aborted.sum();
  }

  /** Requests and streams that the gateway refused itself, for this reason. */
  public long refusedBecauseOf(Refusal refusal) {
    return count(refusal).sum();
  }
}
