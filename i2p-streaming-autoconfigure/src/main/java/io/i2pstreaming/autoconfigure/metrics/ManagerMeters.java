package io.i2pstreaming.autoconfigure.metrics;

import io.i2pstreaming.DroppedPackets;
import io.i2pstreaming.ManagerStats;
import io.i2pstreaming.SessionState;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.endpoint.PacketCounts;
import io.i2pstreaming.endpoint.Rejections;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The meters of one manager in one registry, from its beginning to its end. Totals are read when
 * somebody asks; round trips and the ends of streams are pushed, see {@link PushedMeters}.
 */
final class ManagerMeters {
  private final MeterRegistry registry;
  private final StreamManager manager;
  private final Tags tags;

  /** Meters refer to what they read weakly: this keeps it. */
  private final ManagerReading reading;

  private final PushedMeters pushed;
  private final List<Meter> meters = new ArrayList<>();

  ManagerMeters(MeterRegistry registry, StreamManager manager) {
    this.registry = registry;
    this.manager = manager;
    this.tags = Tags.of(I2PMeterKey.MANAGER.asString(), manager.name());
    this.reading = new ManagerReading(manager);
    bindSession();
    bindStreams();
    bindRejections();
    bindTraffic();
    bindDrops();
    bindDeliveries();
    this.pushed = new PushedMeters(registry, tags, meters);
    manager.addListener(pushed);
  }

  /** Takes everything out of the registry again. */
  void remove() {
    manager.removeListener(pushed);
    meters.forEach(registry::remove);
  }

  private void bindSession() {
    gauge(I2PMeter.SESSION_UP, reading -> reading.state().phase() == SessionState.Phase.UP ? 1 : 0);
    meters.add(
        FunctionCounter.builder(
                I2PMeter.SESSION_RECONNECTS.getName(), reading, r -> r.state().reconnects())
            .description(I2PMeter.SESSION_RECONNECTS.description())
            .tags(tags)
            .register(registry));
  }

  private void bindStreams() {
    gauge(
        I2PMeter.CONNECTIONS_ACTIVE,
        r -> r.stats().activeIncoming(),
        I2PMeterKey.DIRECTION,
        "incoming");
    gauge(
        I2PMeter.CONNECTIONS_ACTIVE,
        r -> r.stats().activeOutgoing(),
        I2PMeterKey.DIRECTION,
        "outgoing");
  }

  private void bindRejections() {
    streams("no_listener", Rejections::noListener);
    streams("backlog", Rejections::backlog);
    streams("access", Rejections::access);
    streams("max_streams", Rejections::maxStreams);
    streams("peer_rate", Rejections::peerRate);
    streams("total_rate", Rejections::totalRate);
    pings("access", Rejections::pingsAccess);
    pings("peer_rate", Rejections::pingsPeerRate);
    pings("total_rate", Rejections::pingsTotalRate);
  }

  private void streams(String reason, ToLongFunction<Rejections> value) {
    counter(
        I2PMeter.CONNECTIONS_REJECTED,
        stats -> value.applyAsLong(stats.rejections()),
        I2PMeterKey.REASON,
        reason);
  }

  private void pings(String reason, ToLongFunction<Rejections> value) {
    counter(
        I2PMeter.PINGS_REJECTED,
        stats -> value.applyAsLong(stats.rejections()),
        I2PMeterKey.REASON,
        reason);
  }

  private void bindTraffic() {
    counter(
        I2PMeter.RETRANSMISSIONS,
        ManagerStats::timeoutRetransmissions,
        I2PMeterKey.CAUSE,
        "timeout");
    counter(I2PMeter.RETRANSMISSIONS, ManagerStats::fastRetransmissions, I2PMeterKey.CAUSE, "fast");
    packets("out", ManagerStats::sent);
    packets("in", ManagerStats::received);
    bytes("out", "payload", ManagerStats::bytesSent);
    bytes("out", "retransmitted", ManagerStats::bytesRetransmitted);
    bytes("in", "payload", ManagerStats::bytesReceived);
    counter(I2PMeter.CHOKED, ManagerStats::chokesSent, I2PMeterKey.DIRECTION, "out");
    counter(I2PMeter.CHOKED, ManagerStats::chokesReceived, I2PMeterKey.DIRECTION, "in");
    gauge(I2PMeter.BUFFER_USED, r -> r.stats().sendBufferBytes(), I2PMeterKey.DIRECTION, "out");
    gauge(I2PMeter.BUFFER_USED, r -> r.stats().receiveBufferBytes(), I2PMeterKey.DIRECTION, "in");
  }

  private void packets(String direction, Function<ManagerStats, PacketCounts> counts) {
    packets(direction, "data", counts, PacketCounts::data);
    packets(direction, "ack", counts, PacketCounts::ack);
    packets(direction, "syn", counts, PacketCounts::syn);
    packets(direction, "close", counts, PacketCounts::close);
    packets(direction, "reset", counts, PacketCounts::reset);
    packets(direction, "ping", counts, PacketCounts::ping);
  }

  private void packets(
      String direction,
      String type,
      Function<ManagerStats, PacketCounts> counts,
      ToLongFunction<PacketCounts> value) {
    counter(
        I2PMeter.PACKETS,
        stats -> value.applyAsLong(counts.apply(stats)),
        I2PMeterKey.DIRECTION,
        direction,
        I2PMeterKey.TYPE,
        type);
  }

  private void bytes(String direction, String kind, ToLongFunction<ManagerStats> value) {
    counter(I2PMeter.BYTES, value, I2PMeterKey.DIRECTION, direction, I2PMeterKey.KIND, kind);
  }

  private void bindDrops() {
    dropped("duplicate", DroppedPackets::duplicate);
    dropped("bad_signature", DroppedPackets::badSignature);
    dropped("out_of_window", DroppedPackets::refused);
    dropped("replay", DroppedPackets::replayed);
    dropped("malformed", DroppedPackets::malformed);
    dropped("unknown_stream", DroppedPackets::unknownStream);
    dropped("unverified", DroppedPackets::unverified);
    dropped("overflow", DroppedPackets::overflow);
    dropped("unclaimed", DroppedPackets::unclaimed);
  }

  private void dropped(String reason, ToLongFunction<DroppedPackets> value) {
    counter(
        I2PMeter.PACKETS_DROPPED,
        stats -> value.applyAsLong(stats.dropped()),
        I2PMeterKey.REASON,
        reason);
  }

  private void bindDeliveries() {
    counter(I2PMeter.MESSAGES, ManagerStats::messagesDelivered, I2PMeterKey.OUTCOME, "delivered");
    counter(I2PMeter.MESSAGES, ManagerStats::messagesFailed, I2PMeterKey.OUTCOME, "failed");
    counter(I2PMeter.MESSAGES, ManagerStats::messagesExpired, I2PMeterKey.OUTCOME, "expired");
    meters.add(
        FunctionTimer.builder(
                I2PMeter.MESSAGES_DELIVERY.getName(),
                reading,
                r -> r.stats().messagesDelivered(),
                r -> r.stats().deliveryNanos(),
                TimeUnit.NANOSECONDS)
            .description(I2PMeter.MESSAGES_DELIVERY.description())
            .tags(tags)
            .register(registry));
    meters.add(
        TimeGauge.builder(
                I2PMeter.MESSAGES_DELIVERY_LAST.getName(),
                reading,
                TimeUnit.NANOSECONDS,
                r -> lastDelivery(r.stats()))
            .description(I2PMeter.MESSAGES_DELIVERY_LAST.description())
            .tags(tags)
            .register(registry));
  }

  private static double lastDelivery(ManagerStats stats) {
    return stats.lastDeliveryNanos() < 0 ? Double.NaN : stats.lastDeliveryNanos();
  }

  /** {@code more} are pairs of a {@link I2PMeterKey} and a value. */
  private void counter(I2PMeter meter, ToLongFunction<ManagerStats> value, Object... more) {
    meters.add(
        FunctionCounter.builder(meter.getName(), reading, r -> value.applyAsLong(r.stats()))
            .description(meter.description())
            .baseUnit(meter.getBaseUnit())
            .tags(with(tags, more))
            .register(registry));
  }

  private void gauge(I2PMeter meter, ToDoubleFunction<ManagerReading> value, Object... more) {
    meters.add(
        Gauge.builder(meter.getName(), reading, value)
            .description(meter.description())
            .baseUnit(meter.getBaseUnit())
            .tags(with(tags, more))
            .register(registry));
  }

  static Tags with(Tags tags, Object... more) {
    Tags all = tags;
    for (int i = 0; i < more.length; i += 2) {
      all = all.and(((I2PMeterKey) more[i]).asString(), (String) more[i + 1]);
    }
    return all;
  }
}
