package io.i2pstreaming.autoconfigure.metrics;

import io.i2pstreaming.StreamManagerListener;
import io.i2pstreaming.StreamingException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a manager tells one registry, on the manager's own thread: records and returns. */
final class PushedMeters implements StreamManagerListener {
  private final MeterRegistry registry;
  private final List<Meter> meters;
  private final Timer rtt;
  private final Timer rto;
  private final DistributionSummary window;
  private final Ends incoming;
  private final Ends outgoing;
  private final Counter timedOut;
  private final Counter refused;
  private final Counter failed;

  /** Makes the meters and adds them to {@code meters}. */
  PushedMeters(MeterRegistry registry, Tags tags, List<Meter> meters) {
    this.registry = registry;
    this.meters = meters;
    rtt = timer(I2PMeter.RTT, tags);
    rto = timer(I2PMeter.RTO, tags);
    window =
        DistributionSummary.builder(I2PMeter.WINDOW.getName())
            .description(I2PMeter.WINDOW.description())
            .baseUnit(I2PMeter.WINDOW.getBaseUnit())
            .tags(tags)
            .register(registry);
    meters.add(window);
    incoming = new Ends(ManagerMeters.with(tags, I2PMeterKey.DIRECTION, "incoming"));
    Tags out = ManagerMeters.with(tags, I2PMeterKey.DIRECTION, "outgoing");
    outgoing = new Ends(out);
    timedOut = connections(out, "timeout");
    refused = connections(out, "rejected");
    failed = connections(out, "error");
  }

  @Override
  public void rttSample(long nanos) {
    rtt.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void pathSample(long rtoNanos, int windowPackets) {
    rto.record(rtoNanos, TimeUnit.NANOSECONDS);
    window.record(windowPackets);
  }

  @Override
  public void streamClosed(boolean wasIncoming, boolean cleanly, long lifetimeNanos) {
    (wasIncoming ? incoming : outgoing).record(cleanly, lifetimeNanos);
  }

  @Override
  public void connectFailed(StreamingException failure) {
    if (failure instanceof StreamingException.ConnectTimeout) {
      timedOut.increment();
    } else if (failure instanceof StreamingException.Refused) {
      refused.increment();
    } else {
      failed.increment();
    }
  }

  private Timer timer(I2PMeter meter, Tags tags) {
    Timer timer =
        Timer.builder(meter.getName())
            .description(meter.description())
            .tags(tags)
            .register(registry);
    meters.add(timer);
    return timer;
  }

  private Counter connections(Tags tags, String outcome) {
    Counter counter =
        Counter.builder(I2PMeter.CONNECTIONS.getName())
            .description(I2PMeter.CONNECTIONS.description())
            .tags(ManagerMeters.with(tags, I2PMeterKey.OUTCOME, outcome))
            .register(registry);
    meters.add(counter);
    return counter;
  }

  /** The ends of the streams of one direction. */
  private final class Ends {
    private final Timer duration;
    private final Counter clean;
    private final Counter reset;

    Ends(Tags tags) {
      duration = timer(I2PMeter.CONNECTIONS_DURATION, tags);
      clean = connections(tags, "success");
      reset = connections(tags, "reset");
    }

    void record(boolean cleanly, long lifetimeNanos) {
      (cleanly ? clean : reset).increment();
      duration.record(lifetimeNanos, TimeUnit.NANOSECONDS);
    }
  }
}
