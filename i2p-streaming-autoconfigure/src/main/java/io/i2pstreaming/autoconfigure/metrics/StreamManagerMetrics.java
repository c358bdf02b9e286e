package io.i2pstreaming.autoconfigure.metrics;

import io.i2pstreaming.ManagerStats;
import io.i2pstreaming.SessionState;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.StreamManagerListener;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.endpoint.Rejections;
import io.i2pstreaming.spring.StreamManagers;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * Shows every stream manager in a meter registry, told apart by the tag {@code manager}. Totals are
 * read from the manager when somebody asks; round trips and the ends of streams are pushed by it.
 * No meter ever says anything about a peer.
 */
public final class StreamManagerMetrics implements MeterBinder {
  private final StreamManagers managers;

  /** Shows these managers. */
  public StreamManagerMetrics(StreamManagers managers) {
    this.managers = managers;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    managers
        .byName()
        .forEach(
            (name, manager) -> {
              Tags tags = Tags.of("manager", name);
              bindSession(registry, manager, tags);
              bindStreams(registry, manager, tags);
              bindTraffic(registry, manager, tags);
              bindDeliveries(registry, manager, tags);
              manager.addListener(new Pushed(registry, tags));
            });
  }

  private static void bindSession(MeterRegistry registry, StreamManager manager, Tags tags) {
    Gauge.builder("i2p.session.up", manager, m -> isUp(m) ? 1 : 0)
        .description("1 while the session with the router is open")
        .tags(tags)
        .register(registry);
    FunctionCounter.builder("i2p.session.reconnects", manager, m -> m.state().reconnects())
        .description("Sessions opened after the first")
        .tags(tags)
        .register(registry);
  }

  private static boolean isUp(StreamManager manager) {
    return manager.state().phase() == SessionState.Phase.UP;
  }

  private static void bindStreams(MeterRegistry registry, StreamManager manager, Tags tags) {
    active(registry, manager, incoming(tags), ManagerStats::activeIncoming);
    active(registry, manager, outgoing(tags), ManagerStats::activeOutgoing);
    streamsRejected(registry, manager, tags, "no_listener", Rejections::noListener);
    streamsRejected(registry, manager, tags, "backlog", Rejections::backlog);
    streamsRejected(registry, manager, tags, "access", Rejections::access);
    streamsRejected(registry, manager, tags, "max_streams", Rejections::maxStreams);
    streamsRejected(registry, manager, tags, "peer_rate", Rejections::peerRate);
    streamsRejected(registry, manager, tags, "total_rate", Rejections::totalRate);
    pingsRejected(registry, manager, tags, "access", Rejections::pingsAccess);
    pingsRejected(registry, manager, tags, "peer_rate", Rejections::pingsPeerRate);
    pingsRejected(registry, manager, tags, "total_rate", Rejections::pingsTotalRate);
  }

  private static void streamsRejected(
      MeterRegistry registry,
      StreamManager manager,
      Tags tags,
      String reason,
      ToLongFunction<Rejections> value) {
    counter(
        registry,
        "i2p.streaming.connections.rejected",
        "Incoming streams refused",
        manager,
        tags.and("reason", reason),
        stats -> value.applyAsLong(stats.rejections()));
  }

  private static void pingsRejected(
      MeterRegistry registry,
      StreamManager manager,
      Tags tags,
      String reason,
      ToLongFunction<Rejections> value) {
    counter(
        registry,
        "i2p.streaming.pings.rejected",
        "Echo requests refused by a list or a limit",
        manager,
        tags.and("reason", reason),
        stats -> value.applyAsLong(stats.rejections()));
  }

  private static void active(
      MeterRegistry registry,
      StreamManager manager,
      Tags tags,
      ToLongFunction<ManagerStats> value) {
    Gauge.builder("i2p.streaming.connections.active", manager, m -> value.applyAsLong(m.stats()))
        .description("Open streams")
        .tags(tags)
        .register(registry);
  }

  private static void bindTraffic(MeterRegistry registry, StreamManager manager, Tags tags) {
    String name = "i2p.streaming.retransmissions";
    String about = "Packets sent again";
    counter(
        registry,
        name,
        about,
        manager,
        tags.and("cause", "timeout"),
        ManagerStats::timeoutRetransmissions);
    counter(
        registry,
        name,
        about,
        manager,
        tags.and("cause", "fast"),
        ManagerStats::fastRetransmissions);

    name = "i2p.streaming.packets";
    about = "Streaming packets";
    counter(
        registry, name, about, manager, tags.and("direction", "out"), ManagerStats::packetsSent);
    counter(
        registry, name, about, manager, tags.and("direction", "in"), ManagerStats::packetsReceived);
    counter(
        registry,
        "i2p.streaming.packets.dropped",
        "Packets received and not used",
        manager,
        tags,
        ManagerStats::packetsDropped);

    bytes(registry, manager, tags.and("direction", "out"), ManagerStats::bytesSent);
    bytes(registry, manager, tags.and("direction", "in"), ManagerStats::bytesReceived);
  }

  private static void bindDeliveries(MeterRegistry registry, StreamManager manager, Tags tags) {
    messages(registry, manager, tags, "delivered", ManagerStats::messagesDelivered);
    messages(registry, manager, tags, "failed", ManagerStats::messagesFailed);
    messages(registry, manager, tags, "expired", ManagerStats::messagesExpired);
    FunctionTimer.builder(
            "i2p.streaming.messages.delivery",
            manager,
            m -> m.stats().messagesDelivered(),
            m -> m.stats().deliveryNanos(),
            TimeUnit.NANOSECONDS)
        .description("Time from sending a message to the router's report of its delivery")
        .tags(tags)
        .register(registry);
    TimeGauge.builder(
            "i2p.streaming.messages.delivery.last",
            manager,
            TimeUnit.NANOSECONDS,
            m -> lastDelivery(m.stats()))
        .description("The latest of these times")
        .tags(tags)
        .register(registry);
  }

  private static double lastDelivery(ManagerStats stats) {
    return stats.lastDeliveryNanos() < 0 ? Double.NaN : stats.lastDeliveryNanos();
  }

  private static void messages(
      MeterRegistry registry,
      StreamManager manager,
      Tags tags,
      String outcome,
      ToLongFunction<ManagerStats> value) {
    counter(
        registry,
        "i2p.streaming.messages",
        "Messages for which the router was asked what became of them",
        manager,
        tags.and("outcome", outcome),
        value);
  }

  private static void counter(
      MeterRegistry registry,
      String name,
      String description,
      StreamManager manager,
      Tags tags,
      ToLongFunction<ManagerStats> value) {
    FunctionCounter.builder(name, manager, m -> value.applyAsLong(m.stats()))
        .description(description)
        .tags(tags)
        .register(registry);
  }

  private static void bytes(
      MeterRegistry registry,
      StreamManager manager,
      Tags tags,
      ToLongFunction<ManagerStats> value) {
    FunctionCounter.builder("i2p.streaming.bytes", manager, m -> value.applyAsLong(m.stats()))
        .description("Payload, retransmissions not counted")
        .baseUnit(BaseUnits.BYTES)
        .tags(tags)
        .register(registry);
  }

  private static Tags incoming(Tags tags) {
    return tags.and("direction", "incoming");
  }

  private static Tags outgoing(Tags tags) {
    return tags.and("direction", "outgoing");
  }

  private static Counter connections(MeterRegistry registry, Tags tags, String outcome) {
    return Counter.builder("i2p.streaming.connections")
        .description("Streams that ended, and dials that failed")
        .tags(tags.and("outcome", outcome))
        .register(registry);
  }

  /** The ends of the streams of one direction. */
  private static final class Ends {
    private final Timer duration;
    private final Counter clean;
    private final Counter reset;

    Ends(MeterRegistry registry, Tags tags) {
      duration =
          Timer.builder("i2p.streaming.connections.duration")
              .description("Life of streams, from the handshake to the end")
              .tags(tags)
              .register(registry);
      clean = connections(registry, tags, "success");
      reset = connections(registry, tags, "reset");
    }

    void record(boolean cleanly, long lifetimeNanos) {
      (cleanly ? clean : reset).increment();
      duration.record(lifetimeNanos, TimeUnit.NANOSECONDS);
    }
  }

  /** What a manager tells one registry, on the manager's own thread: records and returns. */
  private static final class Pushed implements StreamManagerListener {
    private final Timer rtt;
    private final Ends incoming;
    private final Ends outgoing;
    private final Counter timedOut;
    private final Counter refused;
    private final Counter failed;

    Pushed(MeterRegistry registry, Tags tags) {
      rtt =
          Timer.builder("i2p.streaming.rtt")
              .description("Round trips, one sample per unambiguous acknowledgement")
              .tags(tags)
              .register(registry);
      incoming = new Ends(registry, incoming(tags));
      outgoing = new Ends(registry, outgoing(tags));
      timedOut = connections(registry, outgoing(tags), "timeout");
      refused = connections(registry, outgoing(tags), "rejected");
      failed = connections(registry, outgoing(tags), "error");
    }

    @Override
    public void rttSample(long nanos) {
      rtt.record(nanos, TimeUnit.NANOSECONDS);
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
  }
}
